import { expect, test } from 'vitest';
import { addressesOf, spliceCases } from './splice-case.test-kit.ts';

const object = (kind: string, name: string, more: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const [a, b, c] = [object('A', 'x', 'v: 1\n'), object('B', 'x', 'v: 1\n'), object('C', 'x', 'v: 1\n')];

spliceCases([
  {
    name: 'a field of one document changes',
    current: `${a}---\n${b}`,
    target: `${b.replace('v: 1', 'v: 2')}---\n${c}`,
    choose: '@B/x#/v',
    gives: `${a}---\n${b.replace('v: 1', 'v: 2')}`,
  },
  {
    name: 'a document in the middle goes',
    current: `${a}---\n${b}---\n${c}`,
    target: `${a}---\n${c}`,
    choose: '@B/x#',
    gives: `${a}---\n${c}`,
  },
  {
    name: 'the first document goes',
    current: `---\n${a}---\n${b}`,
    target: `---\n${b}`,
    choose: '@A/x#',
    gives: `---\n${b}`,
  },
  { name: 'the last document goes', current: `${a}---\n${b}`, target: a, choose: '@B/x#', gives: a },
  {
    name: 'a document comes between two',
    current: `${a}---\n${c}`,
    target: `${a}---\n# about b\n${b}---\n${c}`,
    choose: '@B/x#',
    gives: `${a}---\n# about b\n${b}---\n${c}`,
  },
  {
    name: 'a document comes to the end of a file without a last line end',
    current: a.trimEnd(),
    target: `${a}---\n${b}`,
    choose: '@B/x#',
    gives: `${a}---\n${b}`.trimEnd(),
  },
  {
    name: 'a document comes before one without a header',
    current: b,
    target: `${a}---\n${b}`,
    choose: '@A/x#',
    gives: `---\n${a}---\n${b}`,
  },
  {
    name: 'a document comes before one with a header',
    current: `---\n${b}`,
    target: `---\n${a}---\n${b}`,
    choose: '@A/x#',
    gives: `---\n${a}---\n${b}`,
  },
  {
    name: 'a nameless document is found by its number',
    current: 'a: 1\n---\na: 2\n',
    target: 'a: 1\n---\na: 3\n',
    choose: '@1#/a',
    gives: 'a: 1\n---\na: 3\n',
  },
  {
    name: 'documents without content do not count',
    current: '# head\n---\na: 1\n---\n',
    target: 'a: 2\n',
    choose: '#/a',
    gives: '# head\n---\na: 2\n---\n',
  },
  {
    name: 'the end of a document stays',
    current: '--- # one\na: 1\n... # end\n---\nb: 1\n',
    target: 'a: 2\n---\nb: 1\n',
    choose: '@0#/a',
    gives: '--- # one\na: 2\n... # end\n---\nb: 1\n',
  },
  {
    name: 'a document beside an end mark is not taken out',
    current: `${a}...\n---\n${b}`,
    target: a,
    choose: '@B/x#',
    refuses: /no safe way/,
  },
]);

test('documents are named as shortly as keeps them apart', () => {
  const inSpace = (namespace: string, value: number): string =>
    `kind: Role\nmetadata:\n  name: x\n  namespace: ${namespace}\nv: ${value}\n`;
  expect(addressesOf(`${a}---\n${b}`, `${a.replace('v: 1', 'v: 2')}---\n${b}`)).toEqual(['@A/x#/v']);
  expect(
    addressesOf(`${inSpace('p', 1)}---\n${inSpace('q', 1)}`, `${inSpace('p', 1)}---\n${inSpace('q', 2)}`),
  ).toEqual(['@Role/q/x#/v']);
});

test('documents that cannot be paired are left alone', () => {
  expect(addressesOf('a: 1\n---\nb: 1\n', 'a: 1\n')[0]).toMatch(
    /^opaque: the documents of the file cannot be paired/,
  );
  expect(addressesOf(`${a}---\n${b}`, `${b}---\n${a}`)[0]).toMatch(
    /^opaque: the documents of the file cannot be paired/,
  );
});
