import { expect, test } from 'vitest';
import {
  type ClusterStage,
  clusterStage,
  gatewayApp,
  joinCluster,
  minutes,
} from '../../../test/kit/cluster-stage.ts';
import type { ManifestValue } from '../../delivery/manifest-set.ts';
import { receiveCommandNews, takeCommands } from '../clusters/agent-commands.ts';
import type { Agent } from '../clusters/agent.ts';
import { receiveHeartbeat } from '../clusters/receive-heartbeat.ts';
import { askClusters } from './ask-clusters.ts';
import { answerPatience } from './await-answers.ts';

const place = { tenant: 'acme', environment: 'production', service: 'api-gateway' };
const object = (name: string, kind = 'ConfigMap'): ManifestValue => ({
  apiVersion: 'v1',
  kind,
  metadata: { name },
  data: { password: 'hunter2' },
});
const same = { outcome: 'same', words: '', fields: [], more: 0 };

async function ableStage(): Promise<ClusterStage> {
  const s = await clusterStage();
  const capabilities = ['observe', 'k8s.dryrun'];
  const heartbeat = { clusterId: '', agentVersion: 'v1', capabilities, reportedAt: s.clock.now };
  await receiveHeartbeat(s.hub, s.agent, heartbeat);
  await s.report([gatewayApp()]);
  return s;
}

const ask = (s: ClusterStage, ...objects: readonly ManifestValue[]) =>
  askClusters(s.hub, s.shop.jane, {
    projectId: s.shop.project.id,
    services: [{ place, objects, missing: undefined }],
  });

/** An agent that says this of every command; answers what it was sent. */
function answering(
  { hub, agent }: ClusterStage,
  news: { readonly status: string; readonly message?: string; readonly answer?: object },
  as: Agent = agent,
): readonly string[] {
  const payloads: string[] = [];
  const answerAll = async (): Promise<void> => {
    for (const { id, payload } of await takeCommands(hub, agent)) {
      payloads.push(payload);
      const answer = news.answer && JSON.stringify(news.answer);
      for (const who of new Set([as, agent]))
        await receiveCommandNews(hub, who, {
          commandId: id,
          status: news.status,
          message: news.message ?? '',
          answer: who === as ? answer : '[]',
        });
    }
  };
  hub.onWake('commands', () => void answerAll());
  return payloads;
}

test('secrets stay in the hub, what is too much is named, and nothing of a question is kept', async () => {
  await using s = await ableStage();
  const many = Array.from({ length: 101 }, (_, index) => object(`c${index}`));
  const payloads = answering(s, { status: 'completed', answer: Array.from({ length: 100 }, () => same) });
  const { clusters, leftOut } = await ask(s, object('db', 'Secret'), ...many);
  expect(clusters).toMatchObject([{ cluster: 'eu-1', missing: undefined }]);
  expect(clusters[0]?.objects.at(-1)).toMatchObject({ kind: 'Secret', outcome: 'unasked' });
  expect(leftOut).toEqual(['ConfigMap c100']);
  expect(payloads).toHaveLength(1);
  expect(payloads[0]).not.toContain('Secret');
  expect(await s.hub.store.clusterCommands.questionsOpen(s.agent.cluster.id, 0)).toBe(0);
  const audit = JSON.stringify(await s.hub.store.audit.after(0, 1000));
  expect(audit).toContain('dryRunObjects');
  expect(audit).not.toContain('hunter2');
});

test('an agent that fails, one that answers something else, and one that is away are named', async () => {
  await using s = await ableStage();
  const missing = async (...objects: readonly ManifestValue[]) =>
    (await ask(s, ...objects)).clusters[0]?.missing;
  answering(s, { status: 'failed', message: 'web goes to another cluster' });
  expect(await missing(object('a'))).toEqual({
    layer: 'agent',
    reason: 'its agent says: web goes to another cluster',
  });
  s.clock.now += minutes(6);
  expect(await missing(object('a'))).toEqual({ layer: 'agent', reason: 'its agent is offline' });
});

test('of many who ask at once, no more are let in than an agent can answer while they wait', async () => {
  await using s = await ableStage();
  const now = s.clock.now;
  const asks = Array.from({ length: 21 }, (_, index) => ask(s, object(`c${index}`)));
  // Only one that was turned away ends before anything is answered.
  const [first] = (await Promise.race(asks)).clusters;
  expect(first?.missing).toEqual({ layer: 'agent', reason: expect.stringContaining('other dry runs') });
  const commands = await takeCommands(s.hub, s.agent);
  expect(commands.map(({ expiresAt }) => expiresAt - now)).toEqual(Array(20).fill(answerPatience));
  for (const { id } of commands)
    await receiveCommandNews(s.hub, s.agent, {
      commandId: id,
      status: 'completed',
      message: '',
      answer: JSON.stringify([same]),
    });
  const answered = (await Promise.all(asks)).flatMap(({ clusters }) => clusters);
  expect(answered.filter(({ missing }) => missing === undefined)).toHaveLength(20);
});

test('an agent cannot answer for another cluster', async () => {
  await using s = await ableStage();
  const liar = await joinCluster(s.hub, s.shop, 'eu-2');
  answering(s, { status: 'completed', answer: [same] }, liar);
  expect((await ask(s, object('a'))).clusters).toMatchObject([
    { missing: { layer: 'agent', reason: 'what its agent answered is not understood' }, objects: [] },
  ]);
});
