import { expect, test } from 'vitest';
import { type TreeLiteral, memoryTrees } from '../../test/kit/memory-trees.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import { everything } from '../tree/select.ts';
import { sourceHazards } from './source-hazards.ts';

const messages = (before: TreeLiteral, after: TreeLiteral, back = true): readonly string[] => {
  const trees = memoryTrees();
  const there = trees.tree(after);
  const changes = trees.run(diffTrees(trees.tree(before), there, everything));
  return trees.run(sourceHazards({ changes, after: there, back, isGenerated })).map(({ message }) => message);
};

const isGenerated = (path: string): boolean => path.startsWith('delivery/');

const folder = 'tenants/acme/production/api';
const sops = (value: string, key: string) =>
  `password: ENC[AES256_GCM,data:${value}]\nsops:\n  age:\n    - recipient: ${key}\n  mac: ENC[AES256_GCM,data:m]\n`;
const sealed = (value: string) => `kind: SealedSecret\nmetadata: { name: db }\nspec: { x: ${value} }\n`;
const external = 'kind: ExternalSecret\nmetadata: { name: db }\n';

test('what SOPS encrypted brings its old values back, and perhaps its old key', () => {
  const file = `${folder}/secrets.yaml`;
  expect(messages({ [file]: sops('new', 'age1a') }, { [file]: sops('old', 'age1a') })).toEqual([
    `${file} is encrypted by SOPS: the values of then come back; keep it, or replace them again`,
  ]);
  expect(messages({ [file]: sops('new', 'age1b') }, { [file]: sops('old', 'age1a') })).toEqual([
    `${file} is encrypted by SOPS: the values of then come back, encrypted for a key that it has no more (age1a); keep it, or replace them again`,
  ]);
});

test('a SealedSecret brings its old values back', () => {
  const file = `${folder}/db.yaml`;
  expect(messages({ [file]: sealed('new') }, { [file]: sealed('old') })).toEqual([
    `SealedSecret db in ${file}: the values of then come back, and need the sealing key of then; keep it, or seal them again`,
  ]);
});

test('a SealedSecret that stays, and what is generated from one that changes, say nothing', () => {
  const file = `${folder}/db.yaml`;
  const other = 'kind: ConfigMap\nmetadata: { name: a }\ndata: { x: 1 }\n---\n';
  expect(
    messages({ [file]: other + sealed('same') }, { [file]: other.replace('1', '2') + sealed('same') }),
  ).toEqual([]);
  const made = 'delivery/acme/production/api/db.yaml';
  const both = (value: string) => ({ [file]: sealed(value), [made]: sealed(value) });
  expect(messages(both('new'), both('old'))).toEqual([
    expect.stringContaining(`SealedSecret db in ${file}: `),
  ]);
  expect(messages({ [made]: sealed('new') }, { [made]: sealed('old') })).toEqual([
    expect.stringContaining(`SealedSecret db in ${made}: `),
  ]);
});

test('a hook is named once, wherever it stands', () => {
  const hook = (tag: string) =>
    `kind: Job\nmetadata: { name: m, annotations: { argocd.argoproj.io/hook: PreSync } }\nspec: { template: { spec: { containers: [{ name: a, image: "a:${tag}" }] } } }\n`;
  const both = (tag: string) => ({
    [`${folder}/m.yaml`]: hook(tag),
    'delivery/acme/production/api/m.yaml': hook(tag),
  });
  expect(messages(both('v2'), both('v1'))).toHaveLength(1);
});

test('an ExternalSecret beside what changes is named once, and none elsewhere', () => {
  const rest = {
    [`${folder}/db.yaml`]: external,
    'delivery/acme/production/api/db.yaml': external,
    'tenants/acme/production/web/db.yaml': external.replace('db', 'other'),
  };
  const made = 'delivery/acme/production/api/a.yaml';
  expect(
    messages(
      { ...rest, [`${folder}/service.yaml`]: 'a: 2\n', [made]: 'a: 2\n' },
      { ...rest, [`${folder}/service.yaml`]: 'a: 1\n', [made]: 'a: 1\n' },
    ),
  ).toEqual(['ExternalSecret db: its values are not in Git and stay as they are']);
});

test('a release brings nothing old back', () => {
  const file = `${folder}/secrets.yaml`;
  expect(messages({ [file]: sops('a', 'k') }, { [file]: sops('b', 'k') }, false)).toEqual([]);
  expect(messages({ [file]: sealed('a') }, { [file]: sealed('b') }, false)).toEqual([]);
});

test('secrets that go away, equal trees and plain files say nothing', () => {
  const file = `${folder}/secrets.yaml`;
  expect(messages({ [file]: sops('a', 'k') }, {})).toEqual([]);
  expect(messages({ [file]: sops('a', 'k') }, { [file]: sops('a', 'k') })).toEqual([]);
  expect(messages({ [file]: 'a: 1\n' }, { [file]: 'a: 2\n' })).toEqual([]);
});
