// Things along one axis, in bands, so that asking what is near looks at few of them.

export class Bands<T> {
  private readonly bands = new Map<number, T[]>();

  constructor(private readonly width: number) {}

  add(from: number, to: number, item: T): void {
    for (let band = this.bandOf(from); band <= this.bandOf(to); band += 1) {
      const here = this.bands.get(band);
      if (here === undefined) this.bands.set(band, [item]);
      else here.push(item);
    }
  }

  /** Whether one of the things in the bands between holds; a thing may be asked twice. */
  some(from: number, to: number, holds: (item: T) => boolean): boolean {
    for (let band = this.bandOf(from); band <= this.bandOf(to); band += 1) {
      if (this.bands.get(band)?.some(holds) === true) return true;
    }
    return false;
  }

  private bandOf(place: number): number {
    return Math.floor(place / this.width);
  }
}
