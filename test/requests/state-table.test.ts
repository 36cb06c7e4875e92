import { expect, test } from 'vitest';
import { type RequestState, requestStates } from '../../src/domain/request/request.ts';
import { makeHub } from '../kit/hub.ts';
import { requestServer } from '../kit/request-server.ts';
import { type Shop, makeShop, serviceWish } from '../kit/shop.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';

// The whole table by hand: what each action answers in each state, to an admin who is not the requester. `ok` is 2xx.
const table = `
state      approve           reject            execute         cancel          resubmit       note
pending    ok                ok                state_forbids   ok              state_forbids  ok
approved   not_pending       not_pending       ok              ok              state_forbids  ok
rejected   not_pending       not_pending       state_forbids   state_forbids   ok             ok
executing  not_pending       not_pending       state_forbids   state_forbids   state_forbids  ok
completed  not_pending       not_pending       state_forbids   state_forbids   state_forbids  ok
failed     not_pending       not_pending       ok              ok              ok             ok
cancelled  not_pending       not_pending       state_forbids   state_forbids   ok             ok
expired    not_pending       not_pending       state_forbids   state_forbids   ok             ok
`;

const [head = '', ...lines] = table.trim().split('\n');
const [, ...actions] = head.split(/ +/);
const rows = lines.map((line) => {
  const [state = '', ...answers] = line.trim().split(/ +/);
  return { state: state as RequestState, answers };
});

/** A request of jane that was put into this state; its plan is real and fits the branch. */
async function requestIn(shop: Shop, state: RequestState) {
  const { hub } = shop;
  const request = await submitRollback(hub, shop.jane, serviceWish(shop));
  const error = {
    code: 'repository_unwritable',
    message: 'the disk was full',
    retryable: true,
    paths: [],
    at: 1,
  } as const;
  const planned = { commit: 'f'.repeat(40), parent: shop.bad };
  await hub.store.requests.move(
    request.id,
    { states: ['approved'], epoch: request.epoch },
    {
      state,
      at: request.submittedAt,
      ...(state === 'failed' ? { error } : {}),
      ...(state === 'executing' ? { startedAt: request.submittedAt, attempt: 1, planned } : {}),
    },
  );
  return request;
}

test('the table has every state', () => {
  expect(rows.map(({ state }) => state).toSorted()).toEqual(requestStates.toSorted());
});

test.each(rows)('$state answers every action', async ({ state, answers }) => {
  await using hub = await makeHub();
  const shop = await makeShop(hub, { execution: 'manual' });
  await using server = requestServer(hub, shop.people);
  const got = new Map<string, string>();
  // Execution comes last: it moves the branch on, and then there is nothing to submit again.
  for (const action of actions.toSorted((a, b) => Number(a === 'execute') - Number(b === 'execute'))) {
    const { id, digest } = await requestIn(shop, state);
    const bodies: Readonly<Record<string, object>> = {
      approve: { digest },
      reject: { digest },
      note: { text: 'x' },
    };
    const path = `/rollback-requests/${id}/${action === 'note' ? 'notes' : action}`;
    const { status, code } = await server.call('bob', 'POST', path, bodies[action] ?? {});
    expect([200, 201, 400]).toContain(status);
    got.set(action, status < 300 ? 'ok' : code);
  }
  expect(actions.map((action) => got.get(action))).toEqual(answers);
});
