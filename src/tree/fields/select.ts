import { nearest } from '../../std/nearest.ts';
import { formatAddress, parseAddress, parseIdentityStep, unescapeStep } from './address.ts';
import type { FieldChange } from './change.ts';
import { parseShortPath } from './short-path.ts';

/** A field as people and programs name it. */
type Named = Pick<FieldChange, 'address' | 'short'>;

/** What a typed field means among the changes (or other fields) of one file. */
export type FieldSelection<T extends Named = FieldChange> =
  /** One change, or all changes below the one field that was named. */
  | { readonly kind: 'selected'; readonly changes: readonly T[] }
  /** Canonical addresses of all that it could mean. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  /** Nearest first; may be empty. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] }
  | { readonly kind: 'malformed'; readonly reason: string };

/**
 * Finds the changes a person means: by canonical address, or by the end of the path in short form (`image.tag`, or
 * just `tag` when only one field ends so).
 */
export function selectFields<T extends Named>(changes: readonly T[], wanted: string): FieldSelection<T> {
  const typed = wanted.trim();
  if (typed.includes('#') && /^(?:@[^#]*)?#(?:\/|$)/.test(typed)) return selectAddress(changes, typed);
  const exact = changes.filter(({ short }) => short === typed);
  if (exact.length === 1) return { kind: 'selected', changes: exact };
  const path = parseShortPath(typed);
  return path.kind === 'malformed' ? path : selectPath(changes, path.names, typed);
}

function selectAddress<T extends Named>(changes: readonly T[], address: string): FieldSelection<T> {
  const parsed = parseAddress(address);
  if (parsed.kind === 'malformed') return parsed;
  const prefix = address.endsWith('/') ? address : `${address}/`;
  const found = changes.filter((change) => change.address === address || change.address.startsWith(prefix));
  if (found.length > 0) return { kind: 'selected', changes: found };
  const above = changes.filter((change) => address.startsWith(`${change.address}/`));
  if (above.length > 0) return { kind: 'unknown', suggestions: above.map((change) => change.address) };
  const near = nearestNames(address, new Map(changes.map((change) => [change.address, change.address])));
  return { kind: 'unknown', suggestions: near };
}

interface Candidate<T extends Named> {
  readonly change: T;
  readonly mark: string;
  readonly steps: readonly string[];
}

function selectPath<T extends Named>(
  changes: readonly T[],
  names: readonly string[],
  typed: string,
): FieldSelection<T> {
  const candidates = changes.flatMap((change): Candidate<T>[] => {
    const parsed = parseAddress(change.address);
    return parsed.kind === 'address' ? [{ change, ...parsed.address }] : [];
  });
  const ending = candidates.filter(
    // Keys with dots in them are often typed bare: annotations.app.kubernetes.io/name.
    ({ steps }) =>
      namedAt(steps, steps.length, names) || `.${steps.map(unescapeStep).join('.')}`.endsWith(`.${typed}`),
  );
  const whole = ending.filter(({ steps }) => steps.length === names.length);
  const one = whole.length === 1 ? whole : ending;
  if (one.length === 1) return { kind: 'selected', changes: one.map(({ change }) => change) };
  if (one.length > 1) return { kind: 'ambiguous', candidates: one.map(({ change }) => change.address) };
  return (
    selectContainer(candidates, names) ?? { kind: 'unknown', suggestions: suggestionsFor(candidates, typed) }
  );
}

/** The field above several changes, such as `image` for its tag and digest. */
function selectContainer<T extends Named>(
  candidates: readonly Candidate<T>[],
  names: readonly string[],
): FieldSelection<T> | undefined {
  const containers = new Map<string, T[]>();
  for (const { change, mark, steps } of candidates) {
    for (let depth = names.length; depth < steps.length; depth += 1) {
      if (!namedAt(steps, depth, names)) continue;
      const address = formatAddress({ mark, steps: steps.slice(0, depth) });
      containers.set(address, [...(containers.get(address) ?? []), change]);
      break;
    }
  }
  const [first, ...others] = containers;
  if (!first) return undefined;
  if (others.length > 0) return { kind: 'ambiguous', candidates: [...containers.keys()] };
  return { kind: 'selected', changes: first[1] };
}

/** True when the steps that end before `depth` bear these names. */
function namedAt(steps: readonly string[], depth: number, names: readonly string[]): boolean {
  if (names.length > depth) return false;
  return names.every((name, index) => bears(steps[depth - names.length + index] ?? '', name));
}

function bears(step: string, name: string): boolean {
  const identity = parseIdentityStep(step);
  if (!identity) return unescapeStep(step) === name;
  return (
    identity.text === name ||
    step === `[${name}]` ||
    identity.fields.map(([, value]) => value).join(',') === name
  );
}

function suggestionsFor(candidates: readonly Candidate<Named>[], typed: string): readonly string[] {
  const names = new Map<string, string>();
  for (const { change, steps } of candidates.slice(0, 1_000)) {
    names.set(change.short, change.short);
    const last = unescapeStep(steps.at(-1) ?? '');
    if (!names.has(last)) names.set(last, change.short);
  }
  return nearestNames(typed, names);
}

/** Up to three, nearest first. */
function nearestNames(typed: string, names: ReadonlyMap<string, string>): readonly string[] {
  const left = new Map(names);
  const found = new Set<string>();
  while (found.size < 3) {
    const name = nearest(typed.slice(0, 200), left.keys());
    if (name === undefined) break;
    found.add(left.get(name) ?? name);
    left.delete(name);
  }
  return [...found];
}
