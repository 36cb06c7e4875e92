import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';
import type { PinEntry } from '../pin/pin.ts';
import { type PinnedFile, addPins } from './add-pins.ts';
import { explainPlan } from './explain-plan.ts';
import { digestText } from './plan-digest.ts';

const service = 'tenants/acme/production/api/service.yaml';
const path = 'tenants/acme/production/api/variables.yaml';
const mark = '# knowngood pin: rollback to aaaaaaaa keeps what variables.yaml said then';
const pin = (value: string): PinEntry => ({
  service: 'api',
  file: path,
  address: '#/LEVEL',
  name: 'LEVEL',
  value,
  shared: 'variables.yaml',
  now: 'debug',
  entry: `LEVEL: ${value}`,
});

/** The plan of a rollback whose variables file is `now`, was `past`, and gets a pin. */
function pinned(now: string | undefined, past: string | undefined, value = 'info') {
  const files = (text: string | undefined) => (text === undefined ? {} : { [path]: text });
  const { plan, trees } = rollBack({
    now: { [service]: 'tag: v2\n', ...files(now) },
    past: { [service]: 'tag: v1\n', ...files(past) },
  });
  const state = (text: string | undefined) =>
    text === undefined ? undefined : { mode: '100644' as const, oid: trees.oidOf(text) };
  const file: PinnedFile = { path, before: state(now), past: state(past), now, after: past };
  const result = addPins(plan, { pins: [pin(value)], unpinned: [], files: [file] });
  return { plan, result, explained: trees.run(explainPlan(result)) };
}

test('a pin is a file, a field and a variable of the plan, and the digest binds its value', () => {
  const { plan, result, explained } = pinned(undefined, undefined);
  expect(result.edits).toContainEqual({
    kind: 'write',
    path,
    mode: '100644',
    text: `LEVEL: info ${mark}\n`,
  });
  expect(result.pins).toMatchObject([{ service: 'api', name: 'LEVEL', value: 'info', now: 'debug' }]);
  expect(explained.services[0]?.files.map((file) => [file.path, file.change])).toContainEqual([
    path,
    'added',
  ]);
  expect(explained.services[0]?.fields.at(-1)).toMatchObject({ field: 'LEVEL', after: 'info' });
  expect(explained.impact).toEqual({ services: 1, bindings: 0, variables: 1, fields: 2, files: 2 });
  const texts = [plan, result, pinned(undefined, undefined, 'warn').result].map(digestText);
  expect(new Set(texts).size).toBe(3);
});

test('what the target has in the file stays in it, and a pin that it replaces shows what it was', () => {
  const { result, explained } = pinned(`LEVEL: warn ${mark}\n`, 'OWN: 1\n');
  expect(result.edits.filter((edit) => edit.path === path)).toEqual([
    { kind: 'write', path, mode: '100644', text: `OWN: 1\nLEVEL: info ${mark}\n` },
  ]);
  const fields = explained.services[0]?.fields.filter(({ field }) => field === 'LEVEL');
  expect(fields).toMatchObject([{ before: 'warn', after: 'info' }]);
});

test('a pin that is there already is no change, and nothing is left of its file in the plan', () => {
  const { result } = pinned(
    `LEVEL: info # knowngood pin: rollback to bbbbbbbb keeps what x said then\n`,
    undefined,
  );
  expect(result.pins).toBeUndefined();
  expect(result.sources.map((edit) => edit.kind === 'file' && edit.path)).toEqual([service]);
  expect(result.services.flatMap(({ files }) => files.map((file) => file.path))).toEqual([service]);
});

test('what cannot be pinned is a hazard that does not block', () => {
  const { result } = pinned('{ A: 1 }\n', '{ A: 1 }\n');
  expect(result.hazards).toMatchObject([
    { code: 'not_pinned', blocking: false, message: expect.stringContaining('api: LEVEL cannot be pinned') },
  ]);
});
