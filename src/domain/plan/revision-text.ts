import { Refusal } from '../refusal/refusal.ts';

/** What a person may have meant by a revision: a name or short id for Git to look up, or a moment. */
export type RevisionText =
  | { readonly kind: 'name'; readonly name: string }
  /** Milliseconds since 1970-01-01 UTC. */
  | { readonly kind: 'time'; readonly at: number };

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const ago = /^(\d{1,6})(s|m|h|d|w)$/;
const clockTime = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(Z?)$/;
const isoTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
// `HEAD~3`, `main^`, `v1.2^2~1`: the ancestors of a name, as every user of Git writes them.
const ancestors = /(?:[~^]\d{0,5}){0,8}$/;
// What `git check-ref-format` refuses, and more: anything else that rev-parse would take for an expression.
const odd = /^[-/]|\.\.|[\p{Cc} ~^:?*[\\]|@\{|\/\/|[./]$|\.lock$/u;

/**
 * Reads what was typed for `--to`: `2h` (ago), `13:20` (the latest such time, local; `Z` for UTC), an ISO time, or a
 * commit id, tag or branch, with `~3` or `^` behind it. `zoneMinutes` is the local offset from UTC. Throws revision_malformed.
 */
export function readRevisionText(text: string, now: number, zoneMinutes: number): RevisionText {
  const relative = ago.exec(text);
  if (relative) return { kind: 'time', at: now - Number(relative[1]) * (units[relative[2] ?? ''] ?? 0) };
  const clock = clockTime.exec(text);
  if (clock) return { kind: 'time', at: latest(clock, now, clock[4] === 'Z' ? 0 : zoneMinutes) };
  if (isoTime.test(text)) {
    const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) && text.length > 10;
    const at = Date.parse(zoned ? text : `${text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')}Z`);
    if (!Number.isNaN(at)) return { kind: 'time', at: zoned ? at : at - zoneMinutes * 60_000 };
  }
  const name = text.replace(ancestors, '');
  if (name === '' || text.length > 255 || odd.test(name)) {
    throw new Refusal('revision_malformed', { revision: JSON.stringify(text.slice(0, 60)) });
  }
  return { kind: 'name', name: text };
}

function latest(clock: RegExpExecArray, now: number, zoneMinutes: number): number {
  const day = 86_400_000;
  const localNow = now + zoneMinutes * 60_000;
  const midnight = localNow - (((localNow % day) + day) % day);
  const [, hours, minutes, seconds = '0'] = clock;
  const wanted = midnight + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return (wanted > localNow ? wanted - day : wanted) - zoneMinutes * 60_000;
}
