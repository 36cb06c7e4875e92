import type { FieldDrift } from '../domain/drift/drift.ts';

/** A value as text, cut where nobody reads on. */
export const shownValue = (value: unknown): string =>
  value === undefined ? 'none' : (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 500);

/** A field that differs, as the hub is told of it: of a secret, or what holds one, its address alone. */
export const sentField = ({ address, wanted, live, secret }: FieldDrift) =>
  secret ? { address, secret } : { address, wanted: shownValue(wanted), live: shownValue(live) };
