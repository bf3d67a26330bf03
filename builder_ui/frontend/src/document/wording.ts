// What of a text stayed and what became something else, word by word, for a comparison one can read.
import { piecesOf } from './template';

export type Part = { text: string; differs: boolean };
export type Wording = { before: Part[]; after: Part[] };

const MOST = 600; // words of one text; the table has the square of it
const ALIKE = 0.25; // below it marks would be confetti: the whole line is another

/** Both texts in parts that put together are the texts again. Nothing is marked where one is empty or they have little in common. */
export function wordingOf(before: string, after: string): Wording {
  const [from, to] = [words(before), words(after)];
  const whole = { before: plain(before), after: plain(after) };
  if (from.length === 0 || to.length === 0 || from.length > MOST || to.length > MOST) return whole;
  const { kept, left, right } = common(from, to);
  return kept < ALIKE * Math.max(from.length, to.length) ? whole : { before: parts(from, left), after: parts(to, right) };
}

/** Words with the space after them; a variable is one word. */
function words(text: string): string[] {
  return piecesOf(text).flatMap((piece) => (piece.kind === 'text' ? (piece.text.match(/\S+\s*|\s+/g) ?? []) : [piece.source]));
}

/** The longest common subsequence: how many words it has, and which words of each side are not in it. */
function common(from: readonly string[], to: readonly string[]): { kept: number; left: boolean[]; right: boolean[] } {
  const width = to.length + 1;
  const lengths = new Uint16Array((from.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  const same = (row: number, column: number) => from[row]?.trimEnd() === to[column]?.trimEnd();
  for (let row = from.length - 1; row >= 0; row -= 1)
    for (let column = to.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] = same(row, column) ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const left = from.map(() => true);
  const right = to.map(() => true);
  for (let row = 0, column = 0; row < from.length && column < to.length; ) {
    if (same(row, column)) {
      left[row] = false;
      right[column] = false;
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return { kept: at(0, 0), left, right };
}

/** Neighbours of one kind as one part; the space at the end of what differs is not marked. */
function parts(all: readonly string[], differs: readonly boolean[]): Part[] {
  const found: Part[] = [];
  all.forEach((text, place) => {
    const last = found.at(-1);
    const isOther = differs[place] === true;
    if (last !== undefined && last.differs === isOther) last.text += text;
    else found.push({ text, differs: isOther });
  });
  return found.flatMap((part) => (part.differs ? [{ ...part, text: part.text.trimEnd() }, { text: part.text.slice(part.text.trimEnd().length), differs: false }] : [part])).filter((part) => part.text !== '');
}

function plain(text: string): Part[] {
  return text === '' ? [] : [{ text, differs: false }];
}
