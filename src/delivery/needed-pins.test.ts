import { expect, test } from 'vitest';
import type { VariableSets } from './effective-variables.ts';
import { neededPins } from './needed-pins.ts';
import { readPlaceholders } from './placeholder.ts';
import { readVariables } from './read-variables.ts';
import type { VariableScope } from './variable.ts';

const setsOf = (texts: Partial<Record<VariableScope, string>>): VariableSets =>
  Object.fromEntries(
    Object.entries(texts).map(([scope, text]) => [
      scope,
      readVariables({ file: `${scope}.yaml`, scope: scope as VariableScope, text }),
    ]),
  );
const askedIn = (text: string) =>
  readPlaceholders(text).parts.flatMap((part) => (typeof part === 'string' ? [] : [part]));

type Texts = Partial<Record<VariableScope, string>>;
const needed = (asked: string, then: Texts, now: Texts) =>
  neededPins(askedIn(asked), { past: setsOf(then), now: setsOf(now) });
const lines = (asked: string, then: Texts, now: Texts) =>
  needed(asked, then, now).variables.map(({ entry }) => entry);

test('a variable of another value, type or spelling is pinned as it was written', () => {
  const asked = '{{hq.var.A}}{{hq.var.B}}{{hq.var.C}}{{hq.var.D}}{{hq.var.E}}';
  const then = { repository: 'A: 1.10\nB: "5"\nC: true\nD: "a: b # c"\nE: same\n' };
  const now = { repository: 'A: 1.1\nB: 5\nC: "true"\nD: x\nE: same\n' };
  expect(lines(asked, then, now)).toEqual(['A: 1.10', 'B: "5"', 'C: true', 'D: "a: b # c"']);
});

test('a nearer scope that is new is overruled; one that is the service’s own is not', () => {
  const then = { repository: 'A: x\n' };
  expect(needed('{{hq.var.A}}', then, { ...then, tenant: 'A: y\n' }).variables).toEqual([
    { key: 'A', value: 'x', entry: 'A: x', shared: 'repository.yaml', now: 'y' },
  ]);
  const own = { service: 'A: own\n' };
  expect(lines('{{hq.var.A}}', { ...then, ...own }, { repository: 'A: z\n', ...own })).toEqual([]);
});

test('a pin that changes another variable brings that one along', () => {
  const then = { repository: 'A: a-\nV: "{{hq.var.A}}x"\n' };
  const now = { repository: 'A: b\nV: a-x\n' };
  expect(lines('{{hq.var.A}}{{hq.var.V}}', then, now)).toEqual(['A: a-']);
  const later = { repository: 'A: b\nV: a-x\nW: "{{hq.var.A}}"\n' };
  const earlier = { repository: 'A: a\nV: a-x\nW: b\n' };
  expect(lines('{{hq.var.A}}{{hq.var.W}}', earlier, later)).toEqual(['A: a', 'W: b']);
});

test('what was not set then needs no pin, and what is set no more gets one', () => {
  expect(lines('{{hq.var.A}}', {}, { repository: 'A: x\n' })).toEqual([]);
  expect(needed('{{hq.var.A}}', { repository: 'A: x\n' }, {}).variables).toMatchObject([
    { value: 'x', now: undefined },
  ]);
});

test('a placeholder that names its scope is told, once', () => {
  const asked = '{{hq.var.repo.A}} and {{hq.var.repo.A}}';
  expect(needed(asked, { repository: 'A: x\n' }, { repository: 'A: y\n' })).toEqual({
    variables: [],
    outOfReach: [{ name: 'A', reason: '{{hq.var.repo.A}} asks repository.yaml alone, which stays as it is' }],
  });
});

test('a placeholder that names its scope is told, although a pin holds the same key for another', () => {
  const [then, now] = [{ repository: 'A: x\n' }, { repository: 'A: y\n' }];
  expect(needed('{{hq.var.A}} and {{hq.var.repo.A}}', then, now)).toMatchObject({
    variables: [{ key: 'A', value: 'x' }],
    outOfReach: [{ name: 'A', reason: '{{hq.var.repo.A}} asks repository.yaml alone, which stays as it is' }],
  });
});
