import fc from 'fast-check';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import type { FieldChange } from './change.ts';
import { changedFields } from './changes.ts';
import { fieldsMatching } from './field-pattern.ts';
import { selectFields } from './select.ts';
import { spliceFields } from './splice.ts';
import { brokenTexts, texts } from './yaml-text.test-kit.ts';

const changesOf = (before: string, after: string): readonly FieldChange[] => {
  const found = changedFields(before, after);
  return found.kind === 'fields' ? found.changes : [];
};
const addressesOf = (before: string, after: string): readonly string[] =>
  changesOf(before, after).map(({ address }) => address);
const textOf = (current: string, target: string, addresses: readonly string[]): string | undefined => {
  const result = spliceFields(current, target, addresses);
  return result.kind === 'text' ? result.text : undefined;
};
// An independent reader: it shares no code with ours.
const load = (text: string): unknown => JSON.parse(JSON.stringify(loadAll(text, { schema: CORE_SCHEMA })));
const runs = { numRuns: 300 };

test('the kit writes texts that both readers understand', () => {
  fc.assert(
    fc.property(texts, ([text]) => {
      expect(() => load(text)).not.toThrow();
      expect(changedFields(text, `${text}\n# end\n`).kind).toBe('fields');
    }),
    runs,
  );
});

test('all changed fields together give the value of the target', () => {
  let refused = 0;
  fc.assert(
    fc.property(texts, ([current, target]) => {
      const result = textOf(current, target, addressesOf(current, target));
      if (result === undefined) refused += 1;
      expect(load(result ?? target)).toEqual(load(target));
      expect(result === undefined ? [] : addressesOf(result, target)).toEqual([]);
    }),
    runs,
  );
  expect(refused).toBeLessThan(10);
});

test('no address is listed twice, and each selects its change', () => {
  fc.assert(
    fc.property(texts, ([current, target]) => {
      const changes = changesOf(current, target);
      expect(new Set(changes.map(({ address }) => address)).size).toBe(changes.length);
      for (const change of changes)
        expect(selectFields(changes, change.address)).toEqual({ kind: 'selected', changes: [change] });
    }),
    runs,
  );
});

test('the order of addresses does not matter', () => {
  fc.assert(
    fc.property(texts, ([current, target]) => {
      const some = addressesOf(current, target).filter((_, index) => index % 2 === 0);
      expect(spliceFields(current, target, some.toReversed())).toEqual(spliceFields(current, target, some));
    }),
    runs,
  );
});

test('edits of scalars commute, and undoing one restores every byte', () => {
  const isScalar = (value: unknown): boolean =>
    value !== undefined && (value === null || typeof value !== 'object');
  fc.assert(
    fc.property(texts, ([current, target]) => {
      const scalars = changesOf(current, target).filter(
        ({ before, after }) => isScalar(before) && isScalar(after),
      );
      const [one, two] = scalars.map(({ address }) => address);
      if (one === undefined) return;
      const first = textOf(current, target, [one]);
      const undone = first === undefined ? current : textOf(first, current, addressesOf(first, current));
      // A block scalar moves the comment of its line to its header and back, with the spaces found there.
      const exact = !/[|>][-+\d]*(?:[ \t]+#[^\n]*)?\r?\n/.test(current + target);
      expect(exact ? undone : current).toBe(current);
      const both = two === undefined ? undefined : textOf(current, target, [one, two]);
      const second = two === undefined ? undefined : textOf(current, target, [two]);
      if (two === undefined || first === undefined || second === undefined || both === undefined) return;
      expect([textOf(first, target, [two]), textOf(second, target, [one])]).toEqual([both, both]);
    }),
    runs,
  );
});

test('a changed scalar leaves all other lines as they are', () => {
  fc.assert(
    fc.property(texts, ([current, target]) => {
      for (const { address, before, after } of changesOf(current, target)) {
        if (typeof before !== 'number' || typeof after !== 'number') continue;
        const lines = (textOf(current, target, [address]) ?? current).split('\n');
        const old = current.split('\n');
        expect(lines.length).toBe(old.length);
        expect(lines.filter((line, index) => line !== old[index]).length).toBeLessThanOrEqual(1);
      }
    }),
    runs,
  );
});

test('no text, however broken, makes anything throw or gives a text that cannot be read', () => {
  fc.assert(
    fc.property(
      fc.oneof(brokenTexts, fc.tuple(fc.string(), fc.string({ unit: 'binary' }))),
      fc.string(),
      ([current, target], typed) => {
        const addresses = addressesOf(current, target);
        const result = textOf(current, target, addresses);
        expect(result === undefined ? [] : addressesOf(result, target)).toEqual([]);
        expect(spliceFields(current, target, [typed, '#/root'])).toHaveProperty('kind');
        expect(selectFields(changesOf(current, target), typed)).toHaveProperty('kind');
        expect(Array.isArray(fieldsMatching(current, typed))).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});
