import type { FieldValue } from './change.ts';

/** A value that has keys. */
export type Mapping = Readonly<Record<string, FieldValue>>;

/** Whether a value is a mapping: neither a list nor a scalar. */
export const isMapping = (value: FieldValue | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
