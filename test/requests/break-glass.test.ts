import { afterEach, expect, test } from 'vitest';
import { openBreakGlass } from '../../src/app/break-glass/open-break-glass.ts';
import { revokeBreakGlass, reviewBreakGlass } from '../../src/app/break-glass/end-break-glass.ts';
import { listBreakGlass, listUnreviewed } from '../../src/app/break-glass/list-break-glass.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import { makeHub, person } from '../kit/hub.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { makeShop, serviceWish } from '../kit/shop.ts';

afterEach(() => armFailPoints(undefined));

const MINUTE = 60_000;
const begin = Date.UTC(2026, 5, 1, 12);
const why = { slug: 'shop', justification: 'Checkout is down', minutes: 10 };

async function stage() {
  const clock = { now: begin };
  const hub = await makeHub({ clock: () => clock.now });
  const shop = await makeShop(hub, { approvals: 1 });
  clock.now += MINUTE;
  return { clock, hub, shop };
}

test('a bypass is flagged in the log, named in the commit, and owes a review', async () => {
  const { hub, shop } = await stage();
  const session = await openBreakGlass(hub, shop.jane, why);
  const { id, state } = await submitRollback(hub, shop.jane, serviceWish(shop));
  expect(state).toBe('completed');
  expect(shop.git('log', '-1', '--format=%b')).toMatch(
    new RegExp(`^Approval: Bypassed by break-glass ${session.id} \\(see audit\\)$`, 'm'),
  );
  const rows = await hub.store.audit.after(0, 100);
  expect(rows.map(({ entry }) => [entry.action, entry.flags])).toEqual([
    ['break_glass.opened', ['break_glass']],
    ['request.submitted', ['break_glass']],
    ['break_glass.used', ['break_glass']],
    ['request.executing', ['break_glass']],
    ['request.completed', ['break_glass']],
    ['hold.set', []],
  ]);
  const owed = await listBreakGlass(hub, shop.bob, { slug: 'shop', state: 'unreviewed' });
  expect(owed.sessions).toMatchObject([{ id: session.id, requestIds: [id], review: undefined }]);
  await checkInvariants(shop);
  await hub.close();
});

test('what is open or owes a review is listed over all projects, to those who may see them', async () => {
  const { clock, hub, shop } = await stage();
  const session = await openBreakGlass(hub, shop.jane, why);
  expect(await listUnreviewed(hub, shop.bob, {})).toMatchObject({
    sessions: [{ project: 'shop', session: { id: session.id } }],
    nextCursor: undefined,
  });
  const stranger = await person(hub, 'nora', { role: undefined });
  expect((await listUnreviewed(hub, stranger, {})).sessions).toEqual([]);
  clock.now = session.expiresAt;
  await reviewBreakGlass(hub, shop.bob, { id: session.id, comment: 'It was needed' });
  expect((await listUnreviewed(hub, shop.bob, {})).sessions).toEqual([]);
  await hub.close();
});

test.each([-1, 0, 1])('a session that ends %i ms after the moment of publishing', async (offset) => {
  const { clock, hub, shop } = await stage();
  const { expiresAt } = await openBreakGlass(hub, shop.jane, why);
  armFailPoints((point) => {
    if (point === 'app.request.planned') clock.now = expiresAt + offset;
  });
  const outcome = await submitRollback(hub, shop.jane, serviceWish(shop)).then(
    ({ state }) => state,
    (error: unknown) => (error as { code: string }).code,
  );
  expect(outcome).toBe(offset < 0 ? 'completed' : 'quorum_missing');
  const [request] = await hub.store.requests.list({}, { limit: 1 });
  expect(request?.state).toBe(offset < 0 ? 'completed' : 'pending');
  expect(shop.git('rev-parse', 'main') === shop.bad).toBe(offset >= 0);
  await checkInvariants(shop);
  await hub.close();
});

test('a session that is revoked in the middle stops the execution, which then waits for approvals', async () => {
  const { hub, shop } = await stage();
  const session = await openBreakGlass(hub, shop.jane, why);
  armFailPoints(async (point) => {
    if (point !== 'app.request.planned') return;
    armFailPoints(undefined);
    await revokeBreakGlass(hub, shop.ann, session.id);
  });
  await expect(submitRollback(hub, shop.jane, serviceWish(shop))).rejects.toMatchObject({
    code: 'quorum_missing',
  });
  expect((await hub.store.requests.list({}, { limit: 1 }))[0]).toMatchObject({
    state: 'pending',
    breakGlass: undefined,
  });
  await checkInvariants(shop);
  await hub.close();
});

test('opening takes a fresh proof of identity; a review is closed once, by somebody else', async () => {
  const { clock, hub, shop } = await stage();
  const stale = {
    ...shop.jane,
    credential: { ...shop.jane.credential, authenticatedAt: begin - 5 * MINUTE },
  };
  await expect(openBreakGlass(hub, stale, why)).rejects.toMatchObject({ code: 'reauthentication_required' });
  const { id, expiresAt } = await openBreakGlass(hub, shop.jane, { ...why, minutes: undefined });
  expect(expiresAt - clock.now).toBe(60 * MINUTE);
  clock.now = expiresAt;
  const input = { id, comment: 'It was right' };
  await expect(reviewBreakGlass(hub, shop.jane, input)).rejects.toMatchObject({
    code: 'break_glass_own_review',
  });
  expect((await reviewBreakGlass(hub, shop.bob, input)).review).toMatchObject({ comment: 'It was right' });
  await expect(reviewBreakGlass(hub, shop.ann, input)).rejects.toMatchObject({
    code: 'break_glass_reviewed',
  });
  await checkInvariants(shop);
  await hub.close();
});
