import { readImage } from './image-reference.ts';
import { type ImageEntry, type ReplicaEntry, type Spot, imageBy, spotsOf } from './image-spots.ts';
import type { BuiltObject } from './kustomize-build.ts';
import { kindOf, nameOf } from './manifest-set.ts';

/** What an overlay has now, and what it would have with the shared files of the target. */
export interface OverlaySides {
  /** What it hands to its own entries, and these. */
  readonly input: readonly BuiltObject[];
  readonly images: readonly ImageEntry[];
  readonly replicas: readonly ReplicaEntry[];
  /** What comes out now, and what came out with the files of the target. */
  readonly output: readonly BuiltObject[];
  readonly past: readonly BuiltObject[];
}

/** Where a value was said at the target, and what is there now. */
interface Need {
  readonly shared: string;
}

/** An image that an entry of the overlay has to hold; `entry` has the keys that are missing there. */
export interface ImageNeed extends Need {
  readonly entry: ImageEntry;
  /** Whether the overlay has an entry of that name, which takes the keys. */
  readonly joins: boolean;
  readonly wanted: string;
  readonly now: string;
}

/** Replicas that an entry of the overlay has to hold. */
export interface ReplicaNeed extends Need {
  readonly entry: ReplicaEntry;
  readonly now: number | undefined;
}

/** The entries that an overlay needs, and what no entry can hold. */
export interface OverlayNeeds {
  readonly images: readonly ImageNeed[];
  readonly replicas: readonly ReplicaNeed[];
  readonly unheld: readonly { readonly name: string; readonly reason: string }[];
}

interface Side {
  readonly name: string;
  readonly spot: Spot;
  readonly origin: string;
}

/** The images and replicas of objects, each under a key that is the same before and after. */
function sidesOf(objects: readonly BuiltObject[]): ReadonlyMap<string, Side> {
  const found = new Map<string, Side>();
  const counts = new Map<string, number>();
  for (const { value, origins } of objects)
    for (const spot of spotsOf(value)) {
      const key = `${kindOf(value)}/${nameOf(value)} ${spot.id}`;
      // A base that is used twice has its objects twice; they stay apart by their order.
      const twins = counts.get(key) ?? 0;
      counts.set(key, twins + 1);
      found.set(`${key} ${String(twins)}`, { name: nameOf(value), spot, origin: origins.get(spot.id) ?? '' });
    }
  return found;
}

/**
 * The entries with which an overlay has the images and replicas again that it had with the shared files of the target.
 * Each one is tried before it is asked for; what an entry would not bring back is told with the reason.
 */
export function overlayNeeds(sides: OverlaySides): OverlayNeeds {
  const [input, output, past] = [sidesOf(sides.input), sidesOf(sides.output), sidesOf(sides.past)];
  const rows = [...output].map(([key, now]) => ({ now, from: input.get(key), was: past.get(key) }));
  const images = imageNeeds(rows, sides.images);
  const replicas = replicaNeeds(
    [...past].flatMap(([key, was]) =>
      was.spot.kind === 'replicas' ? [{ was, now: output.get(key), there: isThere(sides, was) }] : [],
    ),
    [...output].flatMap(([key, { name, spot }]) =>
      spot.kind === 'replicas' && !past.has(key) && isThere({ output: sides.past }, { name }) ? [name] : [],
    ),
  );
  return {
    images: images.needs,
    replicas: replicas.needs,
    unheld: [...images.unheld, ...replicas.unheld],
  };
}

const isThere = ({ output }: Pick<OverlaySides, 'output'>, { name }: Pick<Side, 'name'>): boolean =>
  output.some(({ value }) => nameOf(value) === name);

interface Row {
  readonly now: Side;
  readonly from: Side | undefined;
  readonly was: Side | undefined;
}

type Unheld = OverlayNeeds['unheld'][number];

function imageNeeds(rows: readonly Row[], entries: readonly ImageEntry[]) {
  const images = rows.flatMap((row) => {
    const text = row.now.spot.kind === 'image' ? row.from?.spot.value : undefined;
    return typeof text === 'string' ? [{ ...row, text, name: readImage(text)?.name ?? text }] : [];
  });
  const needs: ImageNeed[] = [];
  const unheld: Unheld[] = [];
  for (const [name, group] of Map.groupBy(images, (row) => row.name)) {
    const differing = group.find(({ now, was }) => was && was.spot.value !== now.spot.value);
    if (!differing?.was) continue;
    const wanted = [...new Set(group.flatMap(({ was }) => (was ? [String(was.spot.value)] : [])))];
    const entry = wanted.length === 1 ? entryFor(name, wanted[0] ?? '', entries) : undefined;
    const next = entry && withEntry(entries, entry);
    const holds = next && group.every(({ text }) => next.reduce(imageBy, text) === wanted[0]);
    if (!entry || !holds) {
      unheld.push({ name, reason: whyUnheld(wanted) });
      continue;
    }
    needs.push({
      entry,
      joins: entries.some((one) => one.name === name),
      wanted: wanted[0] ?? '',
      now: String(differing.now.spot.value),
      shared: differing.was.origin,
    });
  }
  return { needs, unheld };
}

const whyUnheld = (wanted: readonly string[]): string =>
  wanted.length > 1
    ? `its containers had different images then (${wanted.join(', ')})`
    : `no entry of images makes it ${wanted[0] ?? ''} again`;

/** The keys that bring an image back; a key that the overlay's own entry has is not said twice. */
function entryFor(name: string, wanted: string, entries: readonly ImageEntry[]): ImageEntry | undefined {
  const image = readImage(wanted);
  if (!image) return undefined;
  const own = entries.find((one) => one.name === name);
  if (own?.newTag !== undefined || own?.digest !== undefined) return undefined;
  return {
    name,
    newName: (own?.newName ?? name) === image.name ? undefined : image.name,
    newTag: image.tag,
    digest: image.digest,
  };
}

function withEntry(entries: readonly ImageEntry[], entry: ImageEntry): readonly ImageEntry[] {
  const own = entries.find(({ name }) => name === entry.name);
  if (!own) return [...entries, entry];
  return entries.map((one) => (one === own ? { ...entry, newName: own.newName ?? entry.newName } : one));
}

interface Counted {
  readonly was: Side;
  readonly now: Side | undefined;
  readonly there: boolean;
}

function replicaNeeds(rows: readonly Counted[], unsaid: readonly string[]) {
  const needs: ReplicaNeed[] = [];
  const unheld: Unheld[] = unsaid.map((name) => ({
    name: `replicas of ${name}`,
    reason: 'nothing said how many was, and no entry takes a number away',
  }));
  const there = rows.filter((row) => row.there);
  for (const [name, group] of Map.groupBy(there, ({ was }) => was.name)) {
    const counts = new Set(group.map(({ was }) => Number(was.spot.value)));
    const differing = group.find(({ was, now }) => was.spot.value !== now?.spot.value);
    const [count = 0, second] = [...counts];
    if (!differing) continue;
    if (second !== undefined) {
      unheld.push({ name: `replicas of ${name}`, reason: 'objects of that name had different numbers then' });
      continue;
    }
    const now = differing.now === undefined ? undefined : Number(differing.now.spot.value);
    needs.push({ entry: { name, count }, now, shared: differing.was.origin });
  }
  return { needs, unheld };
}
