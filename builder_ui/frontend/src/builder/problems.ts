// Findings in the order they are worked off, and the way from a finding to where it is.
import type { StoreApi } from 'zustand';
import type { Finding } from '../document/flow';
import type { Builder } from './store';

/** Errors first, then warnings; within each as the checker tells them. */
export function sorted(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => (finding.severity === 'error' ? 0 : 1);
  return findings.toSorted((one, other) => rank(one) - rank(other));
}

/** The pointer inside the node's params, of a pointer into the document. */
export function fieldOf(finding: Finding): string | null {
  const found = finding.pointer?.match(/^\/nodes\/\d+\/params(\/.*)?$/);
  return found === null || found === undefined ? null : (found[1] ?? '');
}

export function goTo(store: StoreApi<Builder>, finding: Finding): void {
  const { open, look, set } = store.getState();
  const node = finding.node ?? finding.edge?.source ?? null;
  if (node === null) {
    set({ side: 'settings', opened: null });
    return;
  }
  open(node, fieldOf(finding));
  look([node]);
}

let last = -1;

/** F8: the next problem, round and round. */
export function nextProblem(store: StoreApi<Builder>, by: 1 | -1): void {
  const findings = sorted(store.getState().findings);
  if (findings.length === 0) return;
  last = (last + by + findings.length) % findings.length;
  store.getState().set({ problems: true });
  const finding = findings[last];
  if (finding !== undefined) goTo(store, finding);
}
