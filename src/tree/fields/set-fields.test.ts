import fc from 'fast-check';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import type { FieldValue } from './change.ts';
import { changedFields } from './changes.ts';
import { listFields } from './list-fields.ts';
import { setFields } from './set-fields.ts';
import { spliceFields } from './splice.ts';
import type { Wished } from './wished-value.ts';
import { texts } from './yaml-text.test-kit.ts';

const value = (of: FieldValue): Wished => ({ kind: 'value', value: of });
const typed = (text: string): Wished => ({ kind: 'typed', text });
const absent: Wished = { kind: 'absent' };

const set = (text: string, address: string, wished: Wished): string => {
  const result = setFields(text, [{ address, wished }]);
  return result.kind === 'text' ? result.text : result.refusals.map(({ reason }) => reason).join('; ');
};

const service = `# the gateway
image:
  repository: ghcr.io/acme/api   # never moves
  tag: "v2.0.9" # the image
replicas: 3
binding: { type: manifests, source: bases/api }
values:
  LOG_LEVEL: info
  TITLE: 'It''s'
`;

test.each([
  ['a tag, in the quotes that stand there', '#/image/tag', value('v2.1.0'), '"v2.0.9"', '"v2.1.0"'],
  ['a number', '#/replicas', value(5), 'replicas: 3', 'replicas: 5'],
  ['a plain word', '#/values/LOG_LEVEL', value('debug'), 'LOG_LEVEL: info', 'LOG_LEVEL: debug'],
  ['a word that YAML would misread', '#/values/LOG_LEVEL', value('on'), 'L: info', 'L: "on"'],
  ['a placeholder', '#/values/LOG_LEVEL', value('{{hq.var.L}}'), 'L: info', 'L: "{{hq.var.L}}"'],
  ['single quotes', '#/values/TITLE', value("Bob's"), "'It''s'", "'Bob''s'"],
  ['a field between braces', '#/binding/source', value('bases/web'), 'bases/api', 'bases/web'],
  ['what was typed for a number', '#/replicas', typed('4'), 'replicas: 3', 'replicas: 4'],
  ['what was typed for a text', '#/values/LOG_LEVEL', typed('1.10'), 'L: info', 'L: "1.10"'],
  ['a new key', '#/values/CACHE', value('60s'), "'It''s'\n", "'It''s'\n  CACHE: 60s\n"],
  ['a new key that is typed', '#/values/POOL', typed('7'), "'It''s'\n", "'It''s'\n  POOL: 7\n"],
  [
    'a new key between braces',
    '#/binding/version',
    value('1.2.3'),
    'bases/api }',
    'bases/api, version: 1.2.3 }',
  ],
  ['a new key at the top', '#/paused', value(true), "'It''s'\n", "'It''s'\npaused: true\n"],
  ['a list', '#/replicas', value([1, 'a b']), 'replicas: 3', 'replicas: [1, "a b"]'],
  ['a field that goes', '#/values/LOG_LEVEL', absent, '  LOG_LEVEL: info\n', ''],
] as const)('%s is written and every other byte stays', (...[, address, wished, before, after]) => {
  expect(service).toContain(before);
  expect(set(service, address, wished)).toBe(service.replace(before, after));
});

test('several fields of one file are written at once, and all or none', () => {
  const tag = { address: '#/image/tag', wished: value('v3') };
  const both = setFields(service, [tag, { address: '#/replicas', wished: value(1) }]);
  expect(both).toEqual({
    kind: 'text',
    text: service.replace('"v2.0.9"', '"v3"').replace('replicas: 3', 'replicas: 1'),
  });
  const lost = setFields(service, [tag, { address: '#/image/a/b', wished: value(1) }]);
  expect(lost).toEqual({
    kind: 'refused',
    refusals: [{ address: '#/image/a/b', reason: 'the file does not have #/image/a' }],
  });
});

test('objects in one file are told apart, and list items by their name', () => {
  const object = (name: string) =>
    `kind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: app\n      image: app:1\n`;
  const text = `${object('a')}---\n${object('b')}`;
  const result = set(text, '@Deployment/b#/spec/containers/[name=app]/image', value('app:2'));
  expect(result).toBe(`${object('a')}---\n${object('b').replace('app:1', 'app:2')}`);
});

test('a JSON file stays one', () => {
  const text = '{\n  "image": "a",\n  "inner": { "b": 1 }\n}\n';
  const result = set(set(text, '#/image', value('b')), '#/inner/c', value('d'));
  expect(JSON.parse(result)).toEqual({ image: 'b', inner: { b: 1, c: 'd' } });
});

test.each([
  ['#/image', 'the value is shared through an anchor', 'a: &x {v: 1}\nimage: *x\n', '#/image/v'],
  ['a list', 'only a mapping takes a new key', 'args: [a, b]\n', '#/args/[c]'],
  ['a file that is no fields', 'the file is plain text', 'v1\n', '#/tag'],
  ['a document', 'it is the whole document', 'a: 1\n', '#'],
  ['a sealed file', 'sealed by SOPS', 'a: x\nsops:\n  mac: y\n', '#/a'],
])('%s is refused with the reason', (_, reason, text, address) => {
  expect(set(text, address, value(2))).toContain(reason);
});

const load = (text: string): unknown => JSON.parse(JSON.stringify(loadAll(text, { schema: CORE_SCHEMA })));

test('a field that is set has that value for another reader too, nothing else changes, and setting it back restores the bytes', () => {
  let written = 0;
  fc.assert(
    fc.property(texts, fc.constantFrom<FieldValue>('v1.10', 'a b', 'no', 7, true), ([text], wanted) => {
      const fields = listFields(text);
      const addresses = fields.kind === 'fields' ? fields.fields.map(({ address }) => address) : [];
      const last = addresses.filter((address) => address.startsWith('#/last')).at(0);
      if (last === undefined) return;
      const result = setFields(text, [{ address: last, wished: value(wanted) }]);
      if (result.kind === 'refused') return;
      written += 1;
      const before = load(text) as readonly object[];
      expect(load(result.text)).toEqual([{ ...before[0], last: wanted }]);
      const changes = changedFields(text, result.text);
      const changed = changes.kind === 'fields' ? changes.changes.map(({ address }) => address) : ['opaque'];
      expect(changed.filter((address) => address !== last)).toEqual([]);
      const back = spliceFields(result.text, text, changed);
      const exact = !/last:[ \t]*[|>]/.test(text);
      expect(exact && back.kind === 'text' ? back.text : text).toBe(text);
    }),
    { numRuns: 300 },
  );
  expect(written).toBeGreaterThan(200);
});
