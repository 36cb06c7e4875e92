/** When something begins, as cron writes it: minute, hour, day of the month, month, day of the week. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** With both restricted, either day is enough; else both have to fit. */
  readonly eitherDay: boolean;
}

const shorthands: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdayNames = 'sun mon tue wed thu fri sat'.split(' ');

interface Range {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

function numberOf(text: string, { least, most, names }: Range): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + least;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

/** One part of a list: `*`, `3`, `1-5`, and each with a step, `/15`. */
function readPart(part: string, range: Range): readonly number[] | undefined {
  const [, span = '', step = '1'] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
  const [first = '', last] = span.split('-');
  const whole = first === '*' || first === '?';
  const from = whole ? range.least : numberOf(first, range);
  // A start with a step runs to the end of the range.
  const open = whole || (last === undefined && part.includes('/'));
  const to = last === undefined ? (open ? range.most : from) : numberOf(last, range);
  if (from === undefined || to === undefined || to < from || Number(step) < 1) return undefined;
  const found: number[] = [];
  for (let value = from; value <= to; value += Number(step)) found.push(value);
  return found;
}

function readField(text: string, range: Range): ReadonlySet<number> | undefined {
  const parts = text.split(',').map((part) => readPart(part, range));
  return parts.some((part) => part === undefined) ? undefined : new Set(parts.flatMap((part) => part ?? []));
}

const isAny = (text: string): boolean => /^[*?]/.test(text);

/** Reads a schedule of five fields, with names and the usual shorthands; undefined where it is none. */
export function readCron(text: string): CronSchedule | undefined {
  const fields = (shorthands[text.trim()] ?? text).trim().split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = readField(minute, { least: 0, most: 59 });
  const hours = readField(hour, { least: 0, most: 23 });
  const days = readField(day, { least: 1, most: 31 });
  const months = readField(month, { least: 1, most: 12, names: monthNames });
  const weekdays = readField(weekday, { least: 0, most: 6, names: weekdayNames });
  if (fields.length !== 5 || !minutes || !hours || !days || !months || !weekdays) return undefined;
  return { minutes, hours, days, months, weekdays, eitherDay: !isAny(day) && !isAny(weekday) };
}

/** Does it begin in this minute? `wall` is the time on the wall there, read as UTC. */
export function beginsAt(schedule: CronSchedule, wall: Date): boolean {
  const { minutes, hours, days, months, weekdays, eitherDay } = schedule;
  if (!minutes.has(wall.getUTCMinutes()) || !hours.has(wall.getUTCHours())) return false;
  if (!months.has(wall.getUTCMonth() + 1)) return false;
  const [day, weekday] = [days.has(wall.getUTCDate()), weekdays.has(wall.getUTCDay())];
  return eitherDay ? day || weekday : day && weekday;
}
