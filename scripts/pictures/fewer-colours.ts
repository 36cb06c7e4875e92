import { type IndexedPixels, readPng, writeIndexedPng } from './png.ts';

/** So many colours are kept because much is painted in them, and so many because they are like no other. */
const frequent = 96;
const distinct = 32;

/** A screenshot as a PNG of its most telling colours: fewer bytes, and no eye sees the difference. */
export function fewerColours(png: Buffer): Buffer {
  const { width, height, rgb } = readPng(png);
  const pixels = Array.from(
    { length: width * height },
    (_, index) =>
      ((rgb[index * 3] ?? 0) << 16) | ((rgb[index * 3 + 1] ?? 0) << 8) | (rgb[index * 3 + 2] ?? 0),
  );
  return writeIndexedPng({ width, height, ...indexed(pixels) });
}

function indexed(pixels: readonly number[]): Pick<IndexedPixels, 'palette' | 'indexes'> {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const colours = [...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour);
  const nearest = new Map(colours.map((colour) => [colour, { index: 0, distance: Infinity }]));
  const kept: number[] = [];
  const keep = (chosen: number): void => {
    for (const [colour, before] of nearest) {
      const distance = distanceOf(colour, chosen);
      if (distance < before.distance) nearest.set(colour, { index: kept.length, distance });
    }
    kept.push(chosen);
  };
  colours.slice(0, frequent).forEach(keep);
  // A small red sign is few pixels, and the one that must not turn grey.
  for (let count = 0; count < distinct; count++) {
    const [[farthest] = [0]] = [...nearest].toSorted(([, a], [, b]) => b.distance - a.distance);
    keep(farthest);
  }
  return {
    palette: Uint8Array.from(kept.flatMap(channelsOf)),
    indexes: Uint8Array.from(pixels, (colour) => nearest.get(colour)?.index ?? 0),
  };
}

const channelsOf = (colour: number): number[] => [colour >> 16, (colour >> 8) & 255, colour & 255];

function distanceOf(a: number, b: number): number {
  const other = channelsOf(b);
  return channelsOf(a).reduce((sum, value, channel) => sum + (value - (other[channel] ?? 0)) ** 2, 0);
}
