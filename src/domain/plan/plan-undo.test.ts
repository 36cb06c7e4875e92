import { expect, test } from 'vitest';
import { undo } from '../../../test/kit/plans.ts';

const api = 'tenants/acme/production/api/service.yaml';
const web = 'tenants/acme/production/web/service.yaml';

test('a file that is as the commit left it goes back whole, wherever it is', () => {
  const { files, plan } = undo({
    found: { [api]: 'tag: v1\n', 'variables.yaml': 'A: 1\n', gone: 'x' },
    left: { [api]: 'tag: v2\n', 'variables.yaml': 'A: 2\n', [web]: 'new' },
    now: { [api]: 'tag: v2\n', 'variables.yaml': 'A: 2\n', [web]: 'new', later: 'z' },
  });
  expect(files).toEqual({ [api]: 'tag: v1\n', 'variables.yaml': 'A: 1\n', gone: 'x', later: 'z' });
  expect(plan.conflicts).toEqual([]);
  expect(plan.shared.map(({ path }) => path)).toEqual(['variables.yaml']);
});

test('in a file that changed since, only what the commit did goes back', () => {
  const { files, plan } = undo({
    found: { [api]: 'tag: v1\nother: a\n\nreplicas: 3\n' },
    left: { [api]: 'tag: v2\nother: a\n\nreplicas: 3\n' },
    now: { [api]: 'tag: v2\nother: a\n\nreplicas: 9\n' },
  });
  expect(files[api]).toBe('tag: v1\nother: a\n\nreplicas: 9\n');
  expect(plan.services[0]?.fields.map(({ field }) => field)).toEqual(['tag']);
});

test('a field that changed again since is a conflict and stays', () => {
  const { files, plan } = undo({
    found: { [api]: 'tag: v1\nreplicas: 3\n' },
    left: { [api]: 'tag: v2\nreplicas: 5\n' },
    now: { [api]: 'tag: v3\nreplicas: 5\n' },
  });
  expect(files[api]).toBe('tag: v3\nreplicas: 3\n');
  expect(plan.conflicts).toEqual([{ address: `${api}#/tag`, reason: 'changed again since, to v3' }]);
});

test('when everything changed again since, nothing is done', () => {
  expect(() =>
    undo({ found: { [api]: 'tag: v1\n' }, left: { [api]: 'tag: v2\n' }, now: { [api]: 'tag: v3\n' } }),
  ).toThrow(`everything that cccccccc changed has changed again since: ${api}#/tag`);
});

test('what was undone already is left as it is', () => {
  const { plan } = undo({
    found: { [api]: 'tag: v1\n' },
    left: { [api]: 'tag: v2\n' },
    now: { [api]: 'tag: v1\n' },
  });
  expect([plan.edits, plan.conflicts]).toEqual([[], []]);
});

test('a text that is no mapping goes back line by line, or is a conflict', () => {
  const found = { script: 'a\nb\nc\nd\n' };
  const left = { script: 'A\nb\nc\nd\n' };
  expect(undo({ found, left, now: { script: 'A\nb\nc\nD\n' } }).files['script']).toBe('a\nb\nc\nD\n');
  expect(() => undo({ found, left, now: { script: 'X\nb\nc\nd\n' } })).toThrow(
    'everything that cccccccc changed',
  );
});

test('one service of a commit can be undone alone', () => {
  const { files } = undo({
    found: { [api]: 'tag: v1\n', [web]: 'tag: v1\n' },
    left: { [api]: 'tag: v2\n', [web]: 'tag: v2\n' },
    now: { [api]: 'tag: v2\n', [web]: 'tag: v2\n' },
    service: 'web',
  });
  expect(files).toEqual({ [api]: 'tag: v2\n', [web]: 'tag: v1\n' });
});

test('chosen fields of a commit can be undone alone', () => {
  const { files } = undo({
    found: { [api]: 'tag: v1\nreplicas: 3\n' },
    left: { [api]: 'tag: v2\nreplicas: 5\n' },
    now: { [api]: 'tag: v2\nreplicas: 5\nlater: 1\n' },
    fields: ['replicas'],
  });
  expect(files[api]).toBe('tag: v2\nreplicas: 3\nlater: 1\n');
});

test('what a keep pattern names stays, as a field or as a file, and is told', () => {
  const commit = {
    found: { [api]: 'tag: v1\nreplicas: 3\n', [web]: 'tag: v1\n' },
    left: { [api]: 'tag: v2\nreplicas: 5\n', [web]: 'tag: v2\n' },
    now: { [api]: 'tag: v2\nreplicas: 5\n', [web]: 'tag: v2\n' },
  };
  const { files, plan } = undo({ ...commit, keep: ['**#/replicas', '**/web/**'] });
  expect(files).toEqual({ [api]: 'tag: v1\nreplicas: 5\n', [web]: 'tag: v2\n' });
  expect(plan.kept.map(({ path, address }) => [path, address])).toEqual([
    [web, undefined],
    [api, '#/replicas'],
  ]);
  // Told by name, a field goes back all the same.
  const told = undo({ ...commit, keep: ['**#/replicas'], fields: ['replicas'] });
  expect(told.files[api]).toBe('tag: v2\nreplicas: 3\n');
  expect(undo({ ...commit, keep: ['**'] }).plan.edits).toEqual([]);
});

test('a scope that the commit did not touch is refused', () => {
  expect(() =>
    undo({ found: { [api]: '1' }, left: { [api]: '2' }, now: { [api]: '2' }, service: 'web' }),
  ).toThrow('commit cccccccc changed nothing in web');
});

test('undo of undo restores the bytes', () => {
  const found = { [api]: 'tag: "v1"   # pinned\r\nreplicas: 3' };
  const left = { [api]: 'tag: v2 # pinned\r\nreplicas: 3' };
  const { files } = undo({ found, left, now: left });
  expect(files).toEqual(found);
  expect(undo({ found: left, left: found, now: files }).files).toEqual(left);
});
