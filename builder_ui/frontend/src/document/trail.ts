// The way a run took through the drawing: which steps, in which order, by which wires, and where it is now.
import { wireId } from './flow';

export type Trail = {
  /** The place of each step in the order in which they were first passed, from 1. */
  steps: ReadonlyMap<string, number>;
  wires: ReadonlySet<string>;
  /** Where the run waits now. */
  here: string | null;
  /** The steps of the one turn that is pointed at. */
  pointed: ReadonlySet<string>;
};

/** A step as traces have it; those of a flow that was called have its version, and are not on this canvas. */
export type Passed = { node: string; port: string | null; version?: string };

export function trailOf(passed: readonly Passed[], here: string | null, pointed: readonly Passed[] = []): Trail {
  const own = passed.filter(isOwn);
  const order = [...new Set(own.map((step) => step.node))];
  return {
    steps: new Map(order.map((node, index) => [node, index + 1])),
    wires: new Set(own.flatMap((step) => (step.port === null ? [] : [wireId({ source: step.node, port: step.port })]))),
    here,
    pointed: new Set(pointed.filter(isOwn).map((step) => step.node)),
  };
}

function isOwn(step: Passed): boolean {
  return (step.version ?? '') === '';
}
