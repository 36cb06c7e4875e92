import { isMap } from '../domain/drift/owned-field.ts';

/** A map of an object that somebody else wrote: anything may be missing, or be something else. */
export type Part = Readonly<Record<string, unknown>>;

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (held, key) => (isMap(held) && Object.hasOwn(held, key) ? held[key] : undefined),
    value,
  );

/** The map at a path; empty when there is none. */
export const partAt = (value: unknown, ...path: readonly string[]): Part => {
  const found = at(value, path);
  return isMap(found) ? found : {};
};

/** The maps of a list at a path. */
export const partsAt = (value: unknown, ...path: readonly string[]): readonly Part[] => {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isMap) : [];
};

/** The text at a path as it is; empty when there is none. */
export const textAt = (value: unknown, ...path: readonly string[]): string => {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
};

/** A name as the protocol takes it: one line of at most 512 characters. */
export const nameAt = (value: unknown, ...path: readonly string[]): string =>
  textAt(value, ...path)
    .slice(0, 512)
    .replaceAll(/\p{Cc}/gu, ' ')
    .toWellFormed();

/** What a person is to read, cut where the hub would cut it. */
export const proseAt = (value: unknown, ...path: readonly string[]): string =>
  textAt(value, ...path).slice(0, 4000);

/** The number at a path; 0 when there is none. */
export const countAt = (value: unknown, ...path: readonly string[]): number => {
  const found = at(value, path);
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : 0;
};

/** True when exactly that stands at the path. */
export const flagAt = (value: unknown, ...path: readonly string[]): boolean => at(value, path) === true;

/** A time at a path if the protocol can take it; undefined when there is none. */
export const momentAt = (value: unknown, ...path: readonly string[]): string | undefined => {
  const text = textAt(value, ...path);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(Z|[+-]\d\d:\d\d)$/.test(text) ? text : undefined;
};
