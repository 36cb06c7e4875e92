import { invariant } from '../../std/invariant.ts';

/** Every week from one day and time to another, at a fixed offset from UTC: `Fri 16:00` to `Mon 08:00`, `+02:00`. */
export interface WeeklyFreeze {
  readonly kind: 'weekly';
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly offset: string;
}

/** Once, between two moments in RFC 3339 with an offset: `2025-12-20T00:00:00+01:00`. */
export interface SingleFreeze {
  readonly kind: 'single';
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A time in which nothing is executed. The start belongs to it, the end does not. */
export type FreezeWindow = WeeklyFreeze | SingleFreeze;

/** A freeze that holds at some moment, and the first millisecond after it. */
export interface ActiveFreeze {
  readonly window: FreezeWindow;
  readonly until: number;
}

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
// The epoch was a Thursday; weeks are counted from the Monday before it.
const FIRST_MONDAY = -3 * 24 * 60 * MINUTE;
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Milliseconds from Monday 00:00 to `Fri 16:00`; undefined when it is not such a text. */
function momentOfWeek(text: string): number | undefined {
  const [, day = '', hours, minutes] = /^(\w{3}) ([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  const index = days.indexOf(day);
  return index === -1 ? undefined : (index * 24 * 60 + Number(hours) * 60 + Number(minutes)) * MINUTE;
}

/** Milliseconds east of UTC of `Z` or `+02:00`; undefined when it is not such a text. */
function offsetOf(text: string): number | undefined {
  if (text === 'Z') return 0;
  const [, sign, hours, minutes] = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}

/** Epoch milliseconds of an RFC 3339 time with an offset; undefined when it is not one. */
function momentOf(text: string): number | undefined {
  const [, day, offset] =
    /^\d{4}-\d\d-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const at = Date.parse(text);
  const east = offset === undefined ? undefined : offsetOf(offset);
  if (Number.isNaN(at) || east === undefined) return undefined;
  // Date.parse takes 30 February for 1 March.
  return new Date(at + east).getUTCDate() === Number(day) ? at : undefined;
}

const remainder = (value: number, by: number): number => ((value % by) + by) % by;

function untilWeekly(window: WeeklyFreeze, at: number): number | undefined {
  const from = momentOfWeek(window.from);
  const to = momentOfWeek(window.to);
  const offset = offsetOf(window.offset);
  invariant(from !== undefined && to !== undefined && offset !== undefined, 'stored windows were checked');
  const since = remainder(at + offset - FIRST_MONDAY - from, WEEK);
  const length = remainder(to - from, WEEK);
  return since < length ? at - since + length : undefined;
}

function untilSingle(window: SingleFreeze, at: number): number | undefined {
  const from = momentOf(window.from);
  const to = momentOf(window.to);
  invariant(from !== undefined && to !== undefined, 'stored windows were checked');
  return from <= at && at < to ? to : undefined;
}

/** The window that freezes this moment; of several, the one that ends last. One that cannot be read is a bug, not a No. */
export function activeFreeze(windows: readonly FreezeWindow[], at: number): ActiveFreeze | undefined {
  let active: ActiveFreeze | undefined;
  for (const window of windows) {
    const until = window.kind === 'weekly' ? untilWeekly(window, at) : untilSingle(window, at);
    if (until !== undefined && (!active || until > active.until)) active = { window, until };
  }
  return active;
}

/** Why a window cannot be used, in plain words; undefined when it can. */
export function freezeWindowFault(window: FreezeWindow): string | undefined {
  if (window.name.trim() === '') return 'a freeze window needs a name';
  const moment = window.kind === 'weekly' ? momentOfWeek : momentOf;
  const example = window.kind === 'weekly' ? 'Fri 16:00' : '2025-12-20T00:00:00+01:00';
  const wrong = [window.from, window.to].find((text) => moment(text) === undefined);
  if (wrong !== undefined) return `${wrong} is not a time such as ${example}`;
  if (window.kind === 'weekly') {
    if (offsetOf(window.offset) === undefined)
      return `${window.offset} is not an offset from UTC such as +02:00`;
    return window.from === window.to ? `${window.name} ends when it begins` : undefined;
  }
  return (momentOf(window.from) ?? 0) < (momentOf(window.to) ?? 0)
    ? undefined
    : `${window.name} ends before it begins`;
}
