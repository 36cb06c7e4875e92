import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDemo } from '../scripts/demo-repository.ts';
import { git } from './kit/git.ts';
import { temporaryFolder } from './kit/repository.ts';

test('the demo is the same wherever it is made: sound, followed by a clone, and newly broken', () => {
  const [one, other] = [makeDemo(temporaryFolder('demo')), makeDemo(temporaryFolder('demo'))];
  const tip = git(one.upstream, 'rev-parse', 'main');
  expect(git(other.upstream, 'rev-parse', 'main')).toBe(tip);
  expect(git(one.clone, 'rev-parse', 'main@{upstream}')).toBe(tip);
  expect(git(one.upstream, 'fsck', '--strict')).toBe('');
  expect(git(one.clone, 'status', '--porcelain')).toBe('');
  expect(git(one.clone, 'show', 'HEAD:tenants/acme/production/api-gateway/service.yaml')).toContain(
    'tag: v2.1.0',
  );
  expect(git(one.clone, 'log', '-1', '--format=%s')).toBe('Release 2026-11-20 to acme/production');
});

test('a folder that holds something is left alone', () => {
  const dir = temporaryFolder('demo');
  makeDemo(join(dir, 'demo'));
  expect(() => makeDemo(dir)).toThrow(/is not empty/);
});
