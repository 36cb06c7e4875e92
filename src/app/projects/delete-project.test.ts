import { describe, expect, test } from 'vitest';
import { type WholeTable, allRows } from '../../../test/kit/all-rows.ts';
import { type ClusterStage, clusterStage, gatewayApp } from '../../../test/kit/cluster-stage.ts';
import { databases } from '../../../test/kit/databases.ts';
import { localWebhooks } from '../../../test/kit/hub.ts';
import { serviceWish } from '../../../test/kit/shop.ts';
import { someHold } from '../../domain/hold/hold.test-kit.ts';
import { openBreakGlass } from '../break-glass/open-break-glass.ts';
import { bindCluster } from '../clusters/bind-cluster.ts';
import { markDeployment } from '../deployments/mark-deployment.ts';
import { receiveSignals } from '../deployments/receive-signals.ts';
import { giveGrant } from '../people/give-grant.ts';
import { submitRollback } from '../requests/submit-request.ts';
import { createWebhook } from '../webhooks/create-webhook.ts';
import { deleteProject } from './delete-project.ts';
import { indexHistory } from './index-history.ts';

const place = { tenant: 'acme', environment: 'production' };

/** Something about the project in every table that can hold it. */
async function fill({ hub, shop, agent, clock, report }: ClusterStage): Promise<void> {
  const { jane, ann, bob, project, good } = shop;
  const projectId = project.id;
  await indexHistory(hub, projectId);
  await report([gatewayApp()]);
  const clusterId = agent.cluster.id;
  await bindCluster(hub, jane, { clusterId, project: 'shop', ...place });
  await giveGrant(hub, ann, { subject: { kind: 'account', id: bob.id }, verb: 'read', project: 'shop' });
  await createWebhook(hub, ann, { name: 'x', project: 'shop', url: 'http://127.0.0.1:9999/', events: ['*'] });
  await openBreakGlass(hub, jane, { slug: 'shop', justification: 'all is down', minutes: 5 });
  await markDeployment(hub, jane, { slug: 'shop', ...place, revision: good, mark: 'good', reason: 'calm' });
  const alert = {
    labels: place,
    summary: 'slow',
    fingerprint: 'f',
    startedAt: clock.now,
    endedAt: undefined,
  };
  await receiveSignals(hub, jane, { slug: 'shop', alerts: [alert] });
  await submitRollback(hub, jane, serviceWish(shop));
  await hub.store.holds.add([someHold({ id: 'hld-other', projectId })]);
  await hub.store.deploymentHealth.put(
    { projectId, ...place, revision: good, clusterId, application: 'argocd/x' },
    { best: 'Healthy', worst: 'Healthy', last: 'Healthy', healthyMilliseconds: 1, firstAt: 1, lastAt: 2 },
  );
}

const naming = (tables: readonly WholeTable[], id: string): readonly string[] =>
  tables
    .filter(({ rows }) => JSON.stringify(rows, bigintAsText).includes(id))
    .map(({ name }) => name)
    .toSorted();

const bigintAsText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;

/** The record of what was done and decided, what waits to be told, and numbers that are never used twice. */
const stays = [
  'audit',
  'break_glass_sessions',
  'leases',
  'outbox',
  'policies',
  'projects',
  'request_places',
  'requests',
  'verifications',
  'webhooks',
];

/** Rows of the index name the project by a number. */
const ofTheIndex = ['deployment_services', 'deployments', 'places', 'revisions'];

describe.each(databases)('a deleted project on $kind', (database) => {
  test('is named by requests, their record and webhooks, and by nothing else', async () => {
    await using stage = await clusterStage({ database, settings: localWebhooks });
    const { hub, shop } = stage;
    const { id } = shop.project;
    await fill(stage);
    const before = await allRows(hub.url);
    const able = before.filter(({ columns }) => columns.includes('project_id')).map(({ name }) => name);
    // A new table has to be filled here, and is then either forgotten or listed above.
    expect(able.filter((name) => !naming(before, id).includes(name))).toEqual([]);
    await deleteProject(hub, shop.ann, { slug: 'shop', confirm: 'shop' });
    const after = await allRows(hub.url);
    expect(naming(after, id)).toEqual(stays);
    const left = after.filter(({ name, rows }) => ofTheIndex.includes(name) && rows.length > 0);
    expect(left.map(({ name }) => name)).toEqual([]);
    // The cluster goes on running what it runs.
    expect(after.find(({ name }) => name === 'cluster_applications')?.rows).toHaveLength(1);
  });
});
