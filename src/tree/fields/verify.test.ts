import { expect, test } from 'vitest';
import { changedFields } from './changes.ts';
import { addressesOf, spliceCases } from './splice-case.test-kit.ts';

const anchored = 'a: &x\n  v: 1\nb: *x\n';
const merged = 'base: &b\n  v: 1\ndev:\n  <<: *b\n';

spliceCases([
  {
    name: 'an anchored value is not changed behind the back of its alias',
    current: anchored,
    target: anchored.replace('1', '2'),
    choose: '#/a/v',
    refuses: /shared through an anchor/,
  },
  {
    name: 'an alias is not changed behind the back of its anchor',
    current: anchored,
    target: anchored.replace('1', '2'),
    choose: '#/b/v',
    refuses: /shared through an anchor/,
  },
  {
    name: 'anchor and alias change together',
    current: anchored,
    target: anchored.replace('1', '2'),
    choose: ['#/a/v', '#/b/v'],
    gives: anchored.replace('1', '2'),
  },
  {
    name: 'an anchored scalar is not taken from its alias',
    current: 'a: &x 1\nb: *x\n',
    target: 'a: 2\nb: 1\n',
    choose: '#/a',
    refuses: /the alias \*x has no anchor/,
  },
  {
    name: 'an alias becomes a value of its own',
    current: 'a: &x 1\nb: *x\n',
    target: 'a: &x 1\nb: 2\n',
    choose: '#/b',
    gives: 'a: &x 1\nb: 2\n',
  },
  {
    name: 'a value becomes an alias to an anchor that is there',
    current: 'a: &x 1\nb: 2\n',
    target: 'a: &x 1\nb: *x\n',
    choose: '#/b',
    gives: 'a: &x 1\nb: *x\n',
  },
  {
    name: 'an alias changes to another anchor',
    current: 'a: &x 1\nb: &y 2\nc: *y\n',
    target: 'a: &x 1\nb: &y 2\nc: *x\n',
    choose: '#/c',
    gives: 'a: &x 1\nb: &y 2\nc: *x\n',
  },
  {
    name: 'an alias whose anchor is elsewhere is written out',
    current: 'a: 1\nb: 3\n',
    target: 'a: &x 2\nb: *x\n',
    choose: '#/b',
    gives: 'a: 1\nb: 2\n',
  },
  {
    name: 'an alias inside a value, whose anchor is elsewhere, is refused',
    current: 'a: 1\nb: 3\n',
    target: 'a: &x 2\nb:\n  c: *x\n',
    choose: '#/b',
    refuses: /the alias \*x has no anchor/,
  },
  {
    name: 'a merged field is not changed alone',
    current: merged,
    target: merged.replace('1', '2'),
    choose: '#/base/v',
    refuses: /shared through an anchor/,
  },
  {
    name: 'a field that overrides a merged one comes',
    current: merged,
    target: `${merged}  v: 3\n`,
    choose: '#/dev/v',
    gives: `${merged}  v: 3\n`,
  },
  {
    name: 'a field that overrides a merged one goes',
    current: `${merged}  v: 3\n`,
    target: merged,
    choose: '#/dev/v',
    gives: merged,
  },
  {
    name: 'a merge key changes its anchor',
    current: 'p: &p {v: 1}\nq: &q {v: 2}\nd:\n  <<: *p\n',
    target: 'p: &p {v: 1}\nq: &q {v: 2}\nd:\n  <<: *q\n',
    choose: '#/d/<<',
    gives: 'p: &p {v: 1}\nq: &q {v: 2}\nd:\n  <<: *q\n',
  },
  {
    name: 'a file sealed by SOPS is refused',
    current: 'a: ENC[x]\nsops:\n  mac: m\n',
    target: 'a: ENC[y]\nsops:\n  mac: m\n',
    choose: '#/a',
    refuses: /sealed by SOPS/,
  },
  {
    name: 'a duplicate key in the present text is refused',
    current: 'a: 1\na: 2\n',
    target: 'a: 3\n',
    choose: '#/a',
    refuses: /the key "a" occurs twice/,
  },
  {
    name: 'a duplicate key in the target is refused',
    current: 'a: 1\n',
    target: 'a: 3\na: 2\n',
    choose: '#/a',
    refuses: /in the text gone back to, the key "a" occurs twice/,
  },
  {
    name: 'every refused field is named',
    current: anchored.concat('c: 1\n'),
    target: anchored.replace('1', '2').concat('c: 2\n'),
    choose: ['#/a/v', '#/c'],
    refuses: /^the value is shared[^\n]*$/,
  },
  {
    name: 'a field in a list that changed its order is chosen with the list',
    current: 'l: [{name: a, v: 1}, {name: b}]\n',
    target: 'l: [{name: b}, {name: c}, {name: a, v: 2}]\n',
    choose: '#/l/[name=c]',
    refuses: /choose the whole list/,
  },
  {
    name: 'a field that stays in such a list is changed all the same',
    current: 'l: [{name: a, v: 1}, {name: b}]\n',
    target: 'l: [{name: b}, {name: a, v: 2}]\n',
    choose: '#/l/[name=a]/v',
    gives: 'l: [{name: a, v: 2}, {name: b}]\n',
  },
  {
    name: 'a field below one that is not there yet is refused with the one to choose',
    current: 'b: 1\n',
    target: 'a:\n  x: 1\nb: 1\n',
    choose: '#/a/x',
    refuses: /does not have #\/a; choose that instead/,
  },
  {
    name: 'a malformed address is refused',
    current: 'b: 1\n',
    target: 'b: 2\n',
    choose: 'b',
    refuses: /needs a #/,
  },
]);

test.each([
  ['a plain text', 'hello\n', /plain text/],
  ['nothing', '', /empty/],
  ['comments alone', '# x\n', /no content/],
  ['a NUL', 'a: \0\n', /binary/],
  ['bytes that were not UTF-8', 'a: \ufffd\n', /UTF-8/],
  ['half a surrogate pair', 'a: \ud83d\n', /UTF-8/],
  ['a lone carriage return', 'a: 1\rb: 2\n', /carriage return/],
  ['a template', 'a: {{ .Values.x }}\nb: {{- if }}\n', /template/],
  ['a tab as indentation', 'a:\n\tb: 1\n', /not valid YAML: .*[Tt]ab/],
  ['a missing bracket', 'a: [1\n', /not valid YAML/],
  ['an alias without anchor', 'a: *x\n', /\*x has no anchor/],
  ['an alias in its own anchor', 'a: &x [*x]\n', /inside its own anchor/],
  ['more than 1 MiB', `a: ${'x'.repeat(1_048_576)}\n`, /larger than 1 MiB/],
])('%s cannot be changed field by field', (_, text, reason) => {
  const found = changedFields(text, 'a: 1\n');
  expect(found.kind === 'opaque' && found.reason).toMatch(reason);
});

test('a change of an anchored value is listed where it shows', () => {
  expect(addressesOf(anchored, anchored.replace('1', '2'))).toEqual(['#/a/v', '#/b/v']);
  expect(addressesOf(merged, merged.replace('1', '2'))).toEqual(['#/base/v', '#/dev/<</v']);
});
