// Template text in an editable element: text nodes, line breaks, and chips that stand for expressions.
import { piecesOf, type Piece } from '../document/template';

export type Code = Exclude<Piece, { kind: 'text' }>;

/** Draw the text; a chip is one unit that keeps its source. */
export function draw(box: HTMLElement, text: string, nameOf: (code: Code) => string): void {
  box.replaceChildren();
  for (const piece of piecesOf(text)) {
    if (piece.kind !== 'text') {
      const element = chip(piece.source, nameOf(piece));
      if (piece.kind === 'statement') element.classList.add('is-statement');
      box.append(element);
      continue;
    }
    piece.text.split('\n').forEach((line, index) => {
      if (index > 0) box.append(document.createElement('br'));
      if (line !== '') box.append(line);
    });
  }
  // An element that ends in a break shows the empty line after it only with one more.
  if (text.endsWith('\n')) box.append(document.createElement('br'));
}

export function chip(source: string, name: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'ui-var';
  element.contentEditable = 'false';
  element.dataset['source'] = source;
  element.title = source;
  element.textContent = name;
  return element;
}

/** The text an element shows, chips as their source. */
export function read(box: HTMLElement): string {
  const text = readNode(box);
  return box.lastChild instanceof HTMLBRElement ? text.slice(0, -1) : text;
}

function readNode(node: Node): string {
  let text = '';
  for (const child of node.childNodes) {
    if (child instanceof HTMLBRElement) text += '\n';
    else if (child instanceof HTMLElement) text += child.dataset['source'] ?? readNode(child);
    else text += child.textContent ?? '';
  }
  return text.replaceAll('\u00a0', ' ');
}

/** Where the cursor is inside the element; null when it is elsewhere. */
export function cursorIn(box: HTMLElement): Range | null {
  const selection = window.getSelection();
  if (selection === null || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  return box.contains(range.startContainer) ? range.cloneRange() : null;
}

/** The chip that ends where the cursor is. */
export function chipBefore(cursor: Range | null): HTMLElement | null {
  if (cursor === null) return null;
  const { startContainer: here, startOffset: offset } = cursor;
  const before = here.nodeType === Node.TEXT_NODE ? (offset === 0 ? here.previousSibling : null) : (here.childNodes[offset - 1] ?? null);
  return before instanceof HTMLElement && before.dataset['source'] !== undefined ? before : null;
}

/** The expression with one more filter, or without any. */
export function filtered(source: string, call: string | null): string {
  const expression = /^\{\{\s*(.*?)\s*\}\}$/.exec(source)?.[1] ?? '';
  const [name = ''] = expression.split('|');
  return call === null ? `{{ ${name.trim()} }}` : `{{ ${expression} | ${call} }}`;
}

/** Put a node at the cursor, else at the end; `back` characters before it are replaced. */
export function insertAt(box: HTMLElement, cursor: Range | null, node: Node, back: number): void {
  const range = cursor ?? document.createRange();
  if (cursor === null) {
    range.selectNodeContents(box);
    range.collapse(false);
  }
  if (back > 0) range.setStart(range.startContainer, Math.max(0, range.startOffset - back));
  range.deleteContents();
  range.insertNode(node);
  range.setStartAfter(node);
  range.collapse(true);
  box.focus();
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** Whether the author has just typed `{{` at the cursor. */
export function isOpeningBraces(box: HTMLElement): boolean {
  const selection = window.getSelection();
  const node = selection?.anchorNode;
  if (selection === null || node === null || node === undefined || !box.contains(node) || node.nodeType !== Node.TEXT_NODE) return false;
  return (node.textContent ?? '').slice(0, selection.anchorOffset).endsWith('{{');
}
