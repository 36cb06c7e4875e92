import { afterEach, expect, test } from 'vitest';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { pointsIn } from '../kit/fault-table.ts';
import { serveRepository } from '../kit/git-host.ts';
import { connectedProject, localGitHosts, makeHub, person } from '../kit/hub.ts';
import { lieFault, throwFault } from '../kit/request-faults.ts';
import { makeRepository } from '../kit/repository.ts';
import { apiGateway, serviceText, serviceWish, shopHistory } from '../kit/shop.ts';
import { gitBytes } from '../kit/git.ts';

afterEach(() => armFailPoints(undefined));

/** The shop of the page at a Git host of its own, and somebody who may roll it back alone. */
async function setUp() {
  const upstream = makeRepository(shopHistory);
  const host = await serveRepository(upstream);
  const hub = await makeHub({ settings: localGitHosts });
  const project = await connectedProject(hub, host);
  const ann = await person(hub, 'ann', { role: 'owner' });
  const [, good = ''] = upstream.commits;
  return {
    hub,
    project,
    ann,
    good,
    upstream,
    [Symbol.asyncDispose]: async () => {
      await hub.close();
      await host[Symbol.asyncDispose]();
      upstream[Symbol.dispose]();
    },
  };
}

type Scene = Awaited<ReturnType<typeof setUp>>;

let releases = 0;

/** Somebody releases at the upstream, so that there is something to roll back; the hub hears of it. */
async function breakAgain({ hub, project, upstream }: Scene): Promise<void> {
  const text = serviceText(`v5.${(releases += 1)}`, 7);
  const stream = [
    'commit refs/heads/main',
    'committer Pusher <pusher@example.com> 1800000000 +0000',
    'data 9\nA release',
    `from ${upstream.git('rev-parse', 'main')}`,
    `M 100644 inline ${apiGateway}`,
    `data ${text.length}\n${text}\n`,
  ];
  gitBytes(upstream.gitDir, ['fast-import', '--quiet'], stream.join('\n'));
  await hub.repositories.use(project, (at) => at.fetch());
}

/** Rolls back, and has recovery and people finish it; the id of the request. */
async function rollBack({ hub, ann, good }: Scene): Promise<string> {
  const before = await hub.store.requests.list({}, { limit: 100 });
  await submitRollback(hub, ann, serviceWish({ good })).catch(() => undefined);
  armFailPoints(undefined);
  const after = await hub.store.requests.list({}, { limit: 100 });
  const sent = after.find(({ id }) => before.every((other) => other.id !== id));
  // Nothing was saved: whoever asked sees an error, and asks again.
  const { id } = sent ?? (await submitRollback(hub, ann, serviceWish({ good })));
  await recoverExecutions(hub, { olderThan: 0 });
  const now = await hub.store.requests.get(id);
  if (now?.state === 'failed') await executeRequest(hub, ann, { id });
  return id;
}

test.for([
  { words: 'an error', fault: 'throw' as const, happen: throwFault },
  { words: 'a lost answer', fault: 'lie' as const, happen: lieFault },
])(
  '$words at any point of a rollback at an upstream loses nothing and pushes nothing twice',
  { timeout: 180_000 },
  async ({ fault, happen }) => {
    await using scene = await setUp();
    const { hub, upstream } = scene;
    await breakAgain(scene);
    const passed = new Set<string>();
    armFailPoints((point) => void passed.add(point));
    await rollBack(scene);
    // Before a step there is nothing that could have been done.
    if (fault === 'lie') passed.delete('store.commit.before');
    expect([...passed].toSorted()).toEqual(pointsIn('upstream', fault));
    for (const wanted of passed) {
      await breakAgain(scene);
      let struck = false;
      armFailPoints((point) => {
        if (point !== wanted || struck) return;
        struck = true;
        happen(point);
      });
      const id = await rollBack(scene);
      expect(struck, `at ${wanted}`).toBe(true);
      const request = await hub.store.requests.get(id);
      expect(request, `at ${wanted}`).toMatchObject({ state: 'completed' });
      const made = upstream.git(
        'log',
        '--format=%H',
        '--fixed-strings',
        `--grep=Rollback-Request-Id: ${id}`,
        'main',
      );
      expect(made, `at ${wanted}`).toBe(request?.commit);
    }
    expect(upstream.git('log', '--merges', '--format=%H', 'main')).toBe('');
  },
);
