import { z } from 'zod';

/**
 * How a Go program writes JSON: empty values are left out, an empty list may be `null`, a time that is not set is year
 * one. Read, each of them is there again; written, each may be left out.
 */
const unset = '0001-01-01T00:00:00Z';

/** Longer prose is cut: an operator's long message must not cost us the whole report. */
const longestProse = 4_000;
const longestName = 512;

/** A name or an id: one line, at most 512 characters. Empty when it was left out. */
export const wireName = z
  .string()
  .max(longestName)
  .regex(/^\P{Cc}*$/u, 'must not hold control characters')
  .nullish()
  .transform((text) => text ?? '');

/** What a person is to read; whatever is above 4,000 characters is cut off. */
export const wireProse = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').slice(0, longestProse).toWellFormed());

/** Text that programs read, such as JSON: at most so many characters. */
export const wireText = (most: number) =>
  z
    .string()
    .max(most)
    .nullish()
    .transform((text) => text ?? '');

export const wireCount = z
  .int()
  .min(0)
  .nullish()
  .transform((count) => count ?? 0);

export const wireFlag = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? false);

/** RFC 3339 in any time zone; read as epoch milliseconds, or undefined when it is not set. */
export const wireMoment = z
  .string()
  .max(64)
  .nullish()
  .transform((text, context) => {
    if (text === null || text === undefined || text === '' || text === unset) return undefined;
    const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isFinite(moment)) return moment;
    context.addIssue({ code: 'custom', message: 'must be a time as RFC 3339 has it' });
    return z.NEVER;
  });

/** A list of at most `most`; an absent one is empty. */
export const wireList = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .nullish()
    .transform((items) => items ?? []);

/** What an agent may do: each once, in an order of ours, because Go tells a set in another order every time. */
export const wireCapabilities = wireList(z.string().max(100), 100).transform((all) =>
  [...new Set(all)].toSorted(),
);

/** Names to texts, such as labels. */
export const wireTexts = z
  .record(z.string().max(longestName), z.string().max(longestProse))
  .nullish()
  .transform((texts) => texts ?? {});
