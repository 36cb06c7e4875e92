import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signedIn, hubServer } from '../kit/hub-server.ts';
import { databases } from '../kit/databases.ts';
import { type TestHub, makeHub, person, projectWith } from '../kit/hub.ts';
import { requestServer } from '../kit/request-server.ts';
import { apiGateway, makeShop, serviceText, serviceWish } from '../kit/shop.ts';
import { sqlOn } from '../kit/sql-on.ts';
import { auditChainText } from '../../src/domain/audit/audit-chain.ts';
import { requestHandlers } from '../../src/http/handlers/requests.ts';

interface Evidence {
  readonly request: { readonly id: string; readonly reviews: readonly object[] };
  readonly change: {
    readonly services: readonly object[];
    readonly diff: string;
    readonly lost: string | null;
  };
  readonly commit: Readonly<Record<string, string>> | null;
  readonly breakGlass: object | null;
  readonly audit: readonly { readonly seq: number; readonly hash: string; readonly prev: string }[];
}

/** The evidence page as it goes out to somebody. */
async function pageFor(hub: TestHub, who: { readonly id: string }, id: string) {
  await using server = hubServer(hub, requestHandlers(hub));
  const headers = await signedIn(hub, who);
  return await server.fastify.inject({ url: `/api/v2/rollback-requests/${id}/evidence.md`, headers });
}

describe.each(databases)('evidence on $kind', (database) => {
  test('it says who, why, what, approved by whom and which commit, and its hashes are those of the log', async () => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    await using server = requestServer(hub, shop.people);
    const { slug: _slug, ...wish } = serviceWish(shop);
    const submitted = await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish);
    const { id, digest } = submitted.body as { id: string; digest: string };
    await server.call('bob', 'POST', `/requests/${id}/approve`, { digest, comment: 'go' });

    const evidence = (await server.call('jane', 'GET', `/requests/${id}/evidence`))
      .body as unknown as Evidence;
    const commit = shop.git('rev-parse', 'main');
    expect(evidence).toMatchObject({
      request: { id, state: 'completed', justification: wish.justification, policy: { approvals: 1 } },
      change: { digest, lost: null, services: [{ service: 'api-gateway', fields: [{}, {}] }] },
      commit: {
        id: commit,
        tree: shop.git('rev-parse', 'main^{tree}'),
        message: `${shop.git('log', '-1', '--format=%B').trimEnd()}\n`,
        author: 'jane <jane@example.com>',
        committer: 'Knowngood <knowngood@localhost>',
      },
      breakGlass: null,
    });
    expect(evidence.request.reviews).toMatchObject([
      { by: { name: 'bob' }, decision: 'approve', comment: 'go' },
    ]);
    const diff = shop.git('diff', 'main^', 'main').replaceAll(/^index .*\n/gm, '');
    expect(evidence.change.diff.trimEnd()).toBe(diff.trimEnd());
    const rows = await hub.store.audit.after(0, 100);
    expect(evidence.audit.map(({ hash }) => hash)).toEqual(
      rows.map(({ entry, prev }) => createHash('sha256').update(auditChainText(prev, entry)).digest('hex')),
    );
    const page = await pageFor(hub, shop.jane, id);
    expect(page.headers['content-type']).toBe('text/markdown; charset=utf-8');
    for (const part of [wish.justification, digest, commit, ...evidence.audit.map(({ hash }) => hash)])
      expect(page.body).toContain(part);
  });

  test('a bypassed approval is told with its session, and what owes a review says so', async () => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    await using server = requestServer(hub, shop.people);
    const why = { justification: 'Checkout is down', minutes: 10 };
    const opened = await server.call('jane', 'POST', '/projects/shop/break-glass', why);
    const { slug: _slug, ...wish } = serviceWish(shop);
    const { id } = (await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish)).body as {
      id: string;
    };
    const evidence = (await server.call('bob', 'GET', `/requests/${id}/evidence`)).body;
    expect(evidence).toMatchObject({
      request: { state: 'completed', breakGlass: { justification: 'Checkout is down' } },
      breakGlass: { id: opened.body['id'], by: { name: 'jane' }, requestIds: [id], review: null },
    });
    expect((await pageFor(hub, shop.bob, id)).body).toContain('Its review is owed.');
  });

  test('what the repository does not have any more is replaced by the reason', async () => {
    await using hub = await makeHub({ database });
    const shop = await makeShop(hub, { approvals: 1 });
    await using server = requestServer(hub, shop.people);
    const { slug: _slug, ...wish } = serviceWish(shop);
    const { id } = (await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish)).body as {
      id: string;
    };
    const gone = 'f'.repeat(40);
    const body = `body = replace(body, '${shop.good}', '${gone}')`;
    await sqlOn(hub.url, `update requests set ${body}, commit_sha = '${gone}'`);
    const answer = await server.call('jane', 'GET', `/requests/${id}/evidence`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        commit: null,
        change: { services: [], diff: '', lost: expect.stringContaining(gone) as string },
      },
    });
    expect((await pageFor(hub, shop.jane, id)).body).toContain('which is not in the repository any more');
  });
});

test('no value of a secret is in any form of the evidence, whether it changes, comes or goes', async () => {
  await using hub = await makeHub();
  const secret = (value: string): string => `kind: Secret\nstringData:\n  password: ${value}\n`;
  const place = 'tenants/acme/production/api-gateway';
  const project = await projectWith(hub, [
    {
      message: 'Begin',
      files: {
        [apiGateway]: serviceText('v1'),
        [`${place}/a.yaml`]: secret('hunter1'),
        [`${place}/b.yaml`]: secret('hunter2'),
      },
    },
    {
      message: 'Next',
      files: {
        [apiGateway]: serviceText('v2'),
        [`${place}/a.yaml`]: secret('hunter3'),
        [`${place}/b.yaml`]: null,
        [`${place}/c.yaml`]: secret('hunter4'),
      },
    },
  ]);
  const jane = await person(hub, 'jane', { role: 'admin' });
  await using server = requestServer(hub, { jane });
  const { slug: _slug, ...wish } = serviceWish({ good: project.commits[0] ?? '' });
  const { id } = (await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish)).body as {
    id: string;
  };
  const json = await server.call('jane', 'GET', `/requests/${id}/evidence`);
  const page = await pageFor(hub, jane, id);
  expect(project.git('show', `main:${place}/a.yaml`)).toContain('hunter1');
  for (const text of [JSON.stringify(json.body), page.body]) {
    expect(text.split('Secret values differ and are not shown')).toHaveLength(4);
    expect(text).not.toContain('hunter');
  }
});
