import type { KubeObject } from '../domain/drift/drift.ts';
import { beginsAt, readCron } from './cron-schedule.ts';
import { flagAt, nameAt, partsAt, textAt } from './field-at.ts';
import type { SentApplication } from './sent.ts';

/** A time in which an AppProject lets its Applications sync, or does not, and whether it is that time. */
export interface SyncWindow {
  readonly allows: boolean;
  readonly active: boolean;
  readonly manualSync: boolean;
  readonly schedule: string;
  readonly duration: string;
  readonly covers: (application: SentApplication) => boolean;
}

const minute = 60_000;
/** Nobody closes an Application for longer, and it bounds what is tried. */
const longest = 31 * 24 * 60;

const units: Readonly<Record<string, number>> = { h: 60, m: 1, s: 1 / 60 };

/** `1h30m` in whole minutes; 0 where it is no duration. */
function minutesOf(duration: string): number {
  if (!/^(?:\d{1,6}(?:\.\d+)?[hms])+$/.test(duration)) return 0;
  const parts = [...duration.matchAll(/([\d.]+)([hms])/g)];
  const total = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
  return Math.min(Math.floor(total), longest);
}

/** The time on the wall of a place, as if it were UTC; undefined for a place that nobody knows. */
function wallTime(now: number, timeZone: string): number | undefined {
  if (timeZone === '' || timeZone === 'UTC') return now;
  try {
    const written = new Date(now).toLocaleString('sv-SE', { timeZone });
    return Date.parse(`${written.replace(' ', 'T')}Z`);
  } catch {
    return undefined;
  }
}

function isActive(window: object, now: number): boolean {
  const schedule = readCron(textAt(window, 'schedule'));
  const wall = wallTime(now, textAt(window, 'timeZone'));
  if (schedule === undefined || wall === undefined) return false;
  for (let back = 0; back < minutesOf(textAt(window, 'duration')); back += 1)
    if (beginsAt(schedule, new Date(wall - back * minute))) return true;
  return false;
}

const textsAt = (window: object, key: string): readonly string[] => {
  const value = (window as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};

/** Argo CD's patterns: `*` is anything. */
const fits = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => {
    const [first = '', ...rest] = pattern.split('*');
    if (rest.length === 0) return pattern === name;
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const [index, part] of rest.entries()) {
      const last = index === rest.length - 1;
      const found = last ? name.length - part.length : name.indexOf(part, at);
      if (found < at || !name.startsWith(part, found)) return false;
      at = found + part.length;
    }
    return true;
  });

function coverOf(window: object): SyncWindow['covers'] {
  const sides = [
    [textsAt(window, 'applications'), ({ name }: SentApplication) => name],
    [textsAt(window, 'namespaces'), ({ destinationNamespace }: SentApplication) => destinationNamespace],
    [textsAt(window, 'clusters'), ({ destinationServer }: SentApplication) => destinationServer],
  ] as const;
  const said = sides.filter(([patterns]) => patterns.length > 0);
  const all = flagAt(window, 'andOperator') || flagAt(window, 'useAndOperator');
  return (application) => {
    const hits = said.map(([patterns, nameOf]) => fits(patterns, nameOf(application) ?? ''));
    return hits.length > 0 && (all ? hits.every(Boolean) : hits.some(Boolean));
  };
}

/** The windows of each AppProject, by its name, as they are at this moment (epoch milliseconds). */
export function readSyncWindows(
  projects: readonly KubeObject[],
  now: number,
): ReadonlyMap<string, readonly SyncWindow[]> {
  return new Map(
    projects.map((project) => [
      nameAt(project, 'metadata', 'name'),
      partsAt(project, 'spec', 'syncWindows').map((window) => ({
        allows: textAt(window, 'kind') === 'allow',
        active: isActive(window, now),
        manualSync: flagAt(window, 'manualSync'),
        schedule: nameAt(window, 'schedule'),
        duration: nameAt(window, 'duration'),
        covers: coverOf(window),
      })),
    ]),
  );
}

/**
 * Why the windows of its project keep an Application from syncing now; undefined when they do not. A window that denies
 * and is open comes first; where windows allow, one of them has to be open.
 */
export function closedWindow(
  application: SentApplication,
  windows: readonly SyncWindow[],
): string | undefined {
  const own = windows.filter(({ covers }) => covers(application));
  const denying = own.filter(({ allows, active }) => !allows && active);
  const allowing = own.filter(({ allows }) => allows);
  const shut = denying.length > 0 ? denying : allowing.some(({ active }) => active) ? [] : allowing;
  const [first] = shut;
  if (first === undefined) return undefined;
  const manual = shut.every(({ manualSync }) => manualSync) ? '; a sync by hand is let through' : '';
  const kind = first.allows ? 'it lets syncs pass' : 'it holds syncs back';
  return `a sync window is closed: ${kind} at ${first.schedule} for ${first.duration}${manual}`;
}
