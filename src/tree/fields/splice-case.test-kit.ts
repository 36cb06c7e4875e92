import { expect, test } from 'vitest';
import { changedFields } from './changes.ts';
import { spliceFields } from './splice.ts';

/** One edit: the present text, the text gone back to, the chosen addresses, and the text or the reason that results. */
export interface SpliceCase {
  readonly name: string;
  readonly current: string;
  readonly target: string;
  readonly choose: string | readonly string[];
  readonly gives?: string;
  readonly refuses?: RegExp;
}

/** Registers a test for each case. Every result must also stay the same when the addresses come in another order. */
export function spliceCases(cases: readonly SpliceCase[]): void {
  test.each(cases)('$name', ({ current, target, choose, gives, refuses }) => {
    const addresses = typeof choose === 'string' ? [choose] : choose;
    const result = spliceFields(current, target, addresses);
    expect(spliceFields(current, target, addresses.toReversed()).kind).toBe(result.kind);
    const told =
      result.kind === 'text' ? result.text : result.refusals.map(({ reason }) => reason).join('\n');
    expect(result.kind).toBe(refuses ? 'refused' : 'text');
    // A reason that does not match is shown beside the pattern.
    expect(refuses?.test(told) ? refuses : told).toEqual(refuses ?? gives);
  });
}

/** The addresses of everything that differs. */
export function addressesOf(before: string, after: string): readonly string[] {
  const found = changedFields(before, after);
  return found.kind === 'fields' ? found.changes.map(({ address }) => address) : [`opaque: ${found.reason}`];
}
