import { expect, test } from 'vitest';
import { makeHub } from '../../../test/kit/hub.ts';
import { apiGateway, makeShop, serviceText, serviceWish } from '../../../test/kit/shop.ts';
import { reviewRequest } from './review-request.ts';
import { submitRollback } from './submit-request.ts';

test('without a policy a rollback runs at once, as one commit with the documented block', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub);
  const request = await submitRollback(hub, shop.jane, serviceWish(shop));
  expect(request.state).toBe('completed');
  expect(shop.git('rev-parse', 'main')).toBe(request.commit);
  expect(shop.git('rev-parse', 'main^')).toBe(shop.bad);
  expect(shop.git('show', `main:${apiGateway}`)).toBe(serviceText('v2.0.9').trimEnd());
  expect(shop.git('diff', '--name-only', 'main^', 'main')).toBe(apiGateway);
  expect(shop.git('log', '-1', '--format=%an <%ae> %cn <%ce>%n%B')).toBe(
    `jane <jane@example.com> Knowngood <knowngood@localhost>
Rollback: tenant/acme env/production → revision ${shop.good.slice(0, 8)}

Mode: service
Service: api-gateway
Justification: Bad image tag v2.1.0 causing 500 errors
Author: jane@example.com
Approval: Not required
Rollback Request ID: ${request.id}

Rollback-Request-Id: ${request.id}
Rollback-Target: ${shop.good}
Plan-Digest: ${request.digest}
`,
  );
});

test('where an approval is needed it waits, and the second person carries it out', async () => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { approvals: 1 });
  const { id, state, digest } = await submitRollback(hub, shop.jane, serviceWish(shop));
  expect(state).toBe('pending');
  const vote = { id, decision: 'approve', digest, comment: undefined } as const;
  await expect(reviewRequest(hub, shop.jane, vote)).rejects.toThrow(
    'cannot approve/reject your own rollback request',
  );
  expect(shop.git('rev-parse', 'main')).toBe(shop.bad);
  const done = await reviewRequest(hub, shop.bob, vote);
  expect(done.state).toBe('completed');
  expect(shop.git('log', '-1', '--format=%B')).toMatch(
    /^Approval: Approved by bob@example.com \(quorum: 1\/1\)$/m,
  );
});
