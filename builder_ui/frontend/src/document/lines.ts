// The lines of a card: text and chips, how wide they are by estimate, and where one that is too long breaks.

export type Bit = { text: string; chip: boolean };
export type Line = Bit[];

const LINE_WIDTH = 208; // px inside a card of 232

export function plain(text: string): Bit {
  return { text, chip: false };
}

/** Break a line that is too wide for the card at a space; widths are estimates, so heights stay arithmetic. */
export function broken(line: Line): Line[] {
  const first: Line = [];
  let room = LINE_WIDTH;
  for (const [index, bit] of line.entries()) {
    const wide = widthOf(bit);
    if (wide <= room) {
      first.push(bit);
      room -= wide;
      continue;
    }
    const cut = bit.chip ? 0 : cutAt(bit.text, room);
    const head = bit.text.slice(0, cut).trimEnd();
    const rest = { ...bit, text: bit.text.slice(cut).trimStart() };
    if (head !== '') first.push({ ...bit, text: head });
    if (first.length === 0) return [line];
    return [first, [rest, ...line.slice(index + 1)]];
  }
  return [first];
}

function cutAt(text: string, room: number): number {
  let cut = 0;
  let used = 0;
  for (const [index, letter] of [...text].entries()) {
    if (letter === ' ') cut = index + 1;
    used += letterWidth(letter);
    if (used > room) return cut;
  }
  return text.length;
}

function widthOf(bit: Bit): number {
  return [...bit.text].reduce((sum, letter) => sum + letterWidth(letter), bit.chip ? 10 : 0);
}

/** The width of a text in ems, a little generous. */
export function emsOf(text: string): number {
  return Math.max(1, (1.06 * widthOf(plain(text))) / 12.5);
}

/** Inter at 12.5 px, by three classes of letters. */
function letterWidth(letter: string): number {
  if ("iljtfr.,:;!'|I ()[]".includes(letter)) return 3.9;
  if ('mwMWQO@%—'.includes(letter)) return 9.8;
  return letter >= 'A' && letter <= 'Z' ? 8.2 : 7;
}
