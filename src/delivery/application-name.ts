import { sha256 } from './sha256.ts';
import type { ServicePlace } from './delivery-places.ts';

/** What a name may be made of: the placeholders that the layout has, in their order. */
export interface Naming {
  readonly parts: readonly (keyof ServicePlace)[];
  /** The declared environments; without them every word could be one. */
  readonly environments: readonly string[];
  readonly prefix: string;
}

const LONGEST = 63;
const marked = /-h[0-9a-f]{10}$/;

/**
 * The name of a service's Argo CD Application: its place joined by hyphens, with a short hash where another place could
 * have the same name, where the name is too long, or where it is no name for Kubernetes. It depends on the place
 * alone, so that nobody's name changes because of another service.
 */
export function applicationName(place: ServicePlace, { parts, environments, prefix }: Naming): string {
  const words = parts.map((part) => place[part]);
  const joined = `${prefix}${words.join('-')}`;
  const named = parts.map((part) => (part === 'environment' ? environments : []));
  const clear = waysToSplit(words.join('-').split('-'), named) === 1;
  const valid = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(joined) && joined.length <= LONGEST;
  if (clear && valid && !marked.test(joined)) return joined;
  const hash = sha256(JSON.stringify([prefix, ...words])).slice(0, 10);
  const clean = joined.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const short = clean.slice(0, LONGEST - 12).replaceAll(/^-+|-+$/g, '');
  return `${short === '' ? 'app' : short}-h${hash}`;
}

/** In how many ways hyphenated words can be cut into parts, where some parts have to be one of some names. */
function waysToSplit(words: readonly string[], named: readonly (readonly string[])[]): number {
  const [first, ...rest] = named;
  if (!first) return words.length === 0 ? 1 : 0;
  let ways = 0;
  for (let end = 1; end <= words.length - rest.length; end += 1) {
    const fits = first.length === 0 || first.includes(words.slice(0, end).join('-'));
    if (fits) ways += waysToSplit(words.slice(end), rest);
    if (ways > 1) break;
  }
  return ways;
}
