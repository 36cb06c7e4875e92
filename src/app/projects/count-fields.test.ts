import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { databases } from '../../../test/kit/databases.ts';
import { type TestHub, makeHub, projectWith } from '../../../test/kit/hub.ts';
import { pushFile } from '../../../test/kit/push-file.ts';
import { apiGateway, checkout, globexApi, serviceText } from '../../../test/kit/shop.ts';
import { armFailPoints } from '../../std/fail-point.ts';
import { countFields } from './count-fields.ts';
import { indexHistory } from './index-history.ts';
import { startCountingFields } from './start-counting-fields.ts';

afterEach(() => armFailPoints(undefined));

const history = [
  { files: { [apiGateway]: serviceText('v1', 1), [globexApi]: serviceText('v1', 1) } },
  { files: { [apiGateway]: serviceText('v2', 2), [globexApi]: serviceText('v2', 1) } },
  { files: { [apiGateway]: serviceText('v3', 2), [checkout]: serviceText('v3'), 'README.md': 'x' } },
];

const failing = (error: unknown): never => {
  throw error;
};

/** Position, place and fields of every deployment, newest first. */
async function counts(hub: TestHub, projectId: string): Promise<readonly string[]> {
  const { deployments } = await hub.store.deployments.list(projectId, {}, { limit: 100 });
  return deployments.map(({ position, tenant, fields }) => `${position} ${tenant} ${fields ?? 'open'}`);
}

test.for(databases)(
  'fields are counted newest first, and what was counted is not counted again ($kind)',
  async (database) => {
    await using hub = await makeHub({ database });
    const { project } = await projectWith(hub, history);
    await indexHistory(hub, project.id);
    expect(await counts(hub, project.id)).toEqual([
      '3 acme open',
      '2 globex open',
      '2 acme open',
      '1 globex open',
      '1 acme open',
    ]);
    expect(await countFields(hub, project.id, { most: 2, onError: failing })).toBe(2);
    expect(await counts(hub, project.id)).toEqual([
      '3 acme 1',
      '2 globex 1',
      '2 acme open',
      '1 globex open',
      '1 acme open',
    ]);
    expect(await countFields(hub, project.id, { onError: failing })).toBe(3);
    // A file that is new has no fields that changed.
    expect(await counts(hub, project.id)).toEqual([
      '3 acme 1',
      '2 globex 1',
      '2 acme 2',
      '1 globex 0',
      '1 acme 0',
    ]);
    expect(await countFields(hub, project.id, { onError: failing })).toBe(0);
  },
);

test('a run that dies goes on where it was', async () => {
  await using hub = await makeHub();
  const { project } = await projectWith(hub, history);
  await indexHistory(hub, project.id);
  armFailPoints((point) => {
    if (point === 'app.fields.counted') throw new Error('died');
  });
  await expect(countFields(hub, project.id, { most: 1, onError: failing })).rejects.toThrow('died');
  armFailPoints(undefined);
  expect((await counts(hub, project.id))[0]).toBe('3 acme 1');
  expect(await countFields(hub, project.id, { onError: failing })).toBe(4);
});

test('a deployment that cannot be read stays open, is told of, and keeps no other from being counted', async () => {
  await using hub = await makeHub();
  const { project, commits, git } = await projectWith(hub, history);
  await indexHistory(hub, project.id);
  const lost = git('rev-parse', `${commits[1]}:tenants/globex`);
  const objects = join(hub.repositories.pathOf(project.id), 'objects');
  rmSync(join(objects, lost.slice(0, 2), lost.slice(2)));
  const errors: unknown[] = [];
  await countFields(hub, project.id, { onError: (error) => errors.push(error) });
  expect(errors).toMatchObject([{ code: 'object_missing', facts: { oid: lost } }]);
  expect(await counts(hub, project.id)).toEqual([
    '3 acme 1',
    '2 globex open',
    '2 acme 2',
    '1 globex 0',
    '1 acme 0',
  ]);
});

test('the loop counts what is pushed later', async () => {
  await using hub = await makeHub();
  const { project, git } = await projectWith(hub, history);
  await indexHistory(hub, project.id);
  const errors: unknown[] = [];
  const loop = startCountingFields(hub, (error) => errors.push(error));
  const newest = async () => (await counts(hub, project.id))[0];
  await expect.poll(newest).toBe('3 acme 1');
  pushFile({ hub, project, git }, apiGateway, serviceText('v4', 9));
  await indexHistory(hub, project.id);
  loop.nudge();
  await expect.poll(newest).toBe('4 acme 2');
  await loop.stop();
  expect(errors).toEqual([]);
});

test('a count of a revision that is not in the index any more is dropped', async () => {
  await using hub = await makeHub();
  const { project, commits } = await projectWith(hub, history);
  await indexHistory(hub, project.id);
  const gone = { tenant: 'acme', environment: 'production', revision: '0'.repeat(40) };
  await hub.store.tx((tx) => tx.deployments.setFields(project.id, gone, 9));
  expect((await counts(hub, project.id))[0]).toBe('3 acme open');
  const known = { ...gone, revision: commits[2] ?? '' };
  await hub.store.tx((tx) => tx.deployments.setFields(project.id, known, 9));
  expect((await counts(hub, project.id))[0]).toBe('3 acme 9');
});
