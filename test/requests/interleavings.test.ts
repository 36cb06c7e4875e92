import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { reviewBreakGlass } from '../../src/app/break-glass/end-break-glass.ts';
import { listBreakGlass } from '../../src/app/break-glass/list-break-glass.ts';
import { openBreakGlass } from '../../src/app/break-glass/open-break-glass.ts';
import { executeRequest } from '../../src/app/requests/execute-request.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import type { RollbackWish } from '../../src/app/requests/submission-of.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import type { Role } from '../../src/domain/people/actor.ts';
import { defaultPolicy } from '../../src/domain/policy/policy.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { armFailPoints } from '../../src/std/fail-point.ts';
import type { StoredRequest } from '../../src/store/request-rows.ts';
import { databases } from '../kit/databases.ts';
import { actorAgain, makeHub, person } from '../kit/hub.ts';
import { pushFile } from '../kit/push-file.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import {
  type Shop,
  apiGateway,
  checkout,
  makeShop,
  serviceText,
  serviceWish,
  setPolicy,
} from '../kit/shop.ts';

// KNOWNGOOD_INTERLEAVINGS is how many are played on each database; a failure prints the seed that plays it again.
const rounds = Number(process.env['KNOWNGOOD_INTERLEAVINGS'] ?? 100);
const MINUTE = 60_000;

afterEach(() => armFailPoints(undefined));

/** From the approval to the last question before the branch moves. What happens after that is later than the commit. */
const moments = [
  'approved',
  'app.request.executing',
  'app.request.replanned',
  'git.objects.staged',
  'app.request.written',
  'app.request.planned',
] as const;

const voters = ['bob', 'ann', 'cleo'] as const;
type Name = (typeof voters)[number] | 'jane';

/** What others do meanwhile. Minutes are those that pass; a session was opened for ten. */
type Happening =
  | { readonly kind: 'push'; readonly path: string; readonly text: string }
  | { readonly kind: 'policy'; readonly approvals: number; readonly bypass: boolean }
  | { readonly kind: 'role'; readonly who: Name; readonly role: Role }
  | { readonly kind: 'disable'; readonly who: Name; readonly disabled: boolean }
  | { readonly kind: 'wait'; readonly minutes: number };

const badText = serviceText('v2.1.0', 5);
const who = fc.constantFrom<Name>(...voters, 'jane');
const happenings: { readonly [Kind in Happening['kind']]: fc.Arbitrary<Happening> } = {
  push: fc
    .constantFrom(
      { path: apiGateway, text: serviceText('v3', 9) },
      // Back to what was approved, after somebody had pushed something else.
      { path: apiGateway, text: badText },
      { path: checkout, text: serviceText('v4') },
      { path: 'README.md', text: 'Hello\n' },
    )
    .map((push) => ({ kind: 'push', ...push })),
  policy: fc.record({
    kind: fc.constant('policy'),
    approvals: fc.integer({ min: 0, max: 3 }),
    bypass: fc.boolean(),
  }),
  role: fc.record({ kind: fc.constant('role'), who, role: fc.constantFrom<Role>('member', 'admin') }),
  disable: fc.record({ kind: fc.constant('disable'), who, disabled: fc.boolean() }),
  wait: fc.record({ kind: fc.constant('wait'), minutes: fc.constantFrom(1, 9, 10) }),
};
const kinds = ['push', 'policy', 'role', 'disable', 'wait'] as const;
const allowances = ['votes', 'break_glass'] as const;

interface Struck {
  readonly at: (typeof moments)[number];
  readonly what: Happening;
}

const roundOf = (allowedBy: (typeof allowances)[number], meanwhile: fc.Arbitrary<readonly Struck[]>) =>
  fc.record({
    allowedBy: fc.constant(allowedBy),
    quorum: fc.integer({ min: 1, max: 3 }),
    mode: fc.constantFrom('service' as const, 'field' as const),
    meanwhile,
  });
type Round = ReturnType<typeof roundOf> extends fc.Arbitrary<infer R> ? R : never;

const anything = fc.oneof(...Object.values(happenings));
const anyRound: fc.Arbitrary<Round> = fc.constantFrom(...allowances).chain((allowedBy) =>
  roundOf(
    allowedBy,
    fc.array(fc.record({ at: fc.constantFrom(...moments), what: anything }), {
      minLength: 1,
      maxLength: 4,
    }),
  ),
);

/** Each thing at each moment, and behind it at once another: in all, every two, one after the other. */
const pairs: readonly Round[] = allowances.flatMap((allowedBy) =>
  moments.flatMap((at, turn) =>
    kinds.flatMap((kind, index) => {
      const next = kinds[(index + turn) % kinds.length] ?? kind;
      const two = fc.tuple(happenings[kind], happenings[next]);
      const meanwhile = two.map((both) => both.map((what) => ({ at, what })));
      return fc.sample(roundOf(allowedBy, meanwhile), { numRuns: 1, seed: turn * kinds.length + index });
    }),
  ),
);

/** What the test knows by itself about who may do what; nothing of it is asked from the code under test. */
interface Known {
  readonly roles: Map<Name, Role>;
  readonly disabled: Set<Name>;
  approvals: number;
  bypass: boolean;
  sessionEnds: number;
  /** Was there a basis when it was asked for the last time? */
  atLast: boolean;
}

interface Stage {
  readonly shop: Shop;
  readonly ids: ReadonlyMap<Name, string>;
  readonly eve: string;
  readonly clock: { now: number };
  /** What has happened so far, as `votes: push at approved` and `votes: push, role`. */
  readonly seen: Set<string>;
}

type Setting = Pick<Stage, 'shop' | 'ids' | 'clock'>;

const rights = ({ roles, disabled }: Known, name: Name): boolean =>
  !disabled.has(name) && roles.get(name) === 'admin';

function hasBasis({ allowedBy, quorum }: Round, known: Known, now: number): boolean {
  if (allowedBy === 'break_glass') return rights(known, 'jane') && known.bypass && now < known.sessionEnds;
  const votes = voters.slice(0, quorum).filter((name) => rights(known, name));
  return votes.length >= Math.max(quorum, known.approvals);
}

const policyOf = ({ approvals, bypass }: Pick<Known, 'approvals' | 'bypass'>) => ({
  approvals,
  execution: 'manual' as const,
  breakGlass: bypass ? defaultPolicy.breakGlass : { ...defaultPolicy.breakGlass, roles: [] },
});

async function happen({ shop, ids, clock }: Setting, known: Known, what: Happening): Promise<void> {
  if (what.kind === 'push') pushFile(shop, what.path, what.text);
  else if (what.kind === 'wait') clock.now += what.minutes * MINUTE;
  else if (what.kind === 'policy') {
    Object.assign(known, { approvals: what.approvals, bypass: what.bypass });
    await setPolicy(shop, policyOf(known));
  } else {
    if (what.kind === 'role') known.roles.set(what.who, what.role);
    else if (what.disabled) known.disabled.add(what.who);
    else known.disabled.delete(what.who);
    await saveAccount({ shop, ids, clock }, known, what.who);
  }
}

async function saveAccount({ shop, ids, clock }: Setting, known: Known, name: Name) {
  const { accounts } = shop.hub.store;
  const account = await accounts.get(ids.get(name) ?? '');
  if (!account) throw new Error(`nobody is called ${name}`);
  const disabledAt = known.disabled.has(name) ? clock.now : undefined;
  const changed = await accounts.change({ ...account, role: known.roles.get(name), disabledAt });
  expect(changed).toBe(true);
}

/** A session may be opened again after its review. */
async function reviewSessions({ shop: { hub }, eve: id }: Stage): Promise<void> {
  const eve = await actorAgain(hub, id);
  const { sessions } = await listBreakGlass(hub, eve, { slug: 'shop', state: 'unreviewed' });
  for (const session of sessions)
    await reviewBreakGlass(hub, eve, { id: session.id, comment: 'It was right' });
}

/** Everybody is an admin again, the bad release is out, and what the round needs is asked for. */
async function beginAgain(stage: Stage, { allowedBy, quorum }: Round): Promise<Known> {
  const { shop, ids, clock } = stage;
  clock.now += 60 * MINUTE;
  const roles = new Map<Name, Role>([...ids.keys()].map((name) => [name, 'admin']));
  const known: Known = {
    roles,
    disabled: new Set(),
    approvals: quorum,
    bypass: true,
    sessionEnds: 0,
    atLast: false,
  };
  for (const name of ids.keys()) await saveAccount(stage, known, name);
  await setPolicy(shop, policyOf(known));
  pushFile(shop, apiGateway, badText);
  if (allowedBy === 'votes') return known;
  await reviewSessions(stage);
  const jane = await actorAgain(shop.hub, shop.jane.id);
  const why = { slug: 'shop', justification: 'Checkout is down', minutes: 10 };
  known.sessionEnds = (await openBreakGlass(shop.hub, jane, why)).expiresAt;
  return known;
}

/** Submits, has it allowed, and carries it out while others do what the round says. */
async function play(stage: Stage, round: Round): Promise<{ request: StoredRequest; known: Known }> {
  const { shop, ids, clock } = stage;
  const { hub } = shop;
  const known = await beginAgain(stage, round);
  const strike = async (moment: string): Promise<void> => {
    const now = round.meanwhile.filter(({ at }) => at === moment && !done.has(at));
    if (now.length > 0) done.add(moment);
    for (const [index, { what }] of now.entries()) {
      await happen(stage, known, what);
      stage.seen.add(`${round.allowedBy}: ${what.kind} at ${moment}`);
      const before = now[index - 1]?.what;
      if (before) stage.seen.add(`${round.allowedBy}: ${before.kind}, ${what.kind}`);
    }
    if (moment === 'app.request.planned') known.atLast = hasBasis(round, known, clock.now);
  };
  const done = new Set<string>();
  armFailPoints((point) => strike(point === 'app.request.submitted' ? 'approved' : point));
  if (round.allowedBy === 'votes') armFailPoints(undefined);
  const fields: Partial<RollbackWish> = round.mode === 'field' ? { selectedFields: ['image.tag'] } : {};
  const wish = serviceWish(shop, { mode: round.mode, ...fields });
  const jane = await actorAgain(hub, shop.jane.id);
  const sent = await submitRollback(hub, jane, wish).catch(stopped);
  const [found] = await hub.store.requests.list({}, { limit: 1 });
  const { id = '', digest = '' } = sent ?? found ?? {};
  if (round.allowedBy === 'votes') {
    for (const name of voters.slice(0, round.quorum)) {
      const approver = await actorAgain(hub, ids.get(name) ?? '');
      await reviewRequest(hub, approver, { id, decision: 'approve', digest, comment: undefined });
    }
    armFailPoints(strike);
    await strike('approved');
    await executeRequest(hub, await actorAgain(hub, stage.eve), { id }).catch(stopped);
  }
  armFailPoints(undefined);
  const request = await hub.store.requests.get(id);
  if (!request) throw new Error('the request is gone');
  return { request, known };
}

function stopped(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

interface Played {
  readonly round: Round;
  readonly request: StoredRequest;
}

const blobOf = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');

/** What a request must have brought into the branch, as stock git lists commits: digest and change, or nothing. */
function expected({ round, request }: Played): readonly string[] {
  if (request.state !== 'completed') return [];
  const after = serviceText('v2.0.9', round.mode === 'service' ? 3 : 5);
  const change = `:100644 100644 ${blobOf(badText)} ${blobOf(after)} M\t${apiGateway}`;
  return [`${request.commit} ${request.digest}\n${change}`];
}

/** What each request brought into the branch. */
function committed({ git }: Shop): ReadonlyMap<string, readonly string[]> {
  const trailer = (key: string): string => `%(trailers:key=${key},valueonly,separator=)`;
  const format = `%x01${trailer('Rollback-Request-Id')} %H ${trailer('Plan-Digest')}`;
  const log = git('log', '--committer=Knowngood', '--raw', '-r', '--no-abbrev', `--format=${format}`, 'main');
  const commits = log.split('\x01').slice(1);
  const parts = commits.map((commit) => /^(\S+) ([^]*)$/.exec(commit.trim().replace('\n\n', '\n')) ?? []);
  return new Map(
    [...Map.groupBy(parts, ([, id = '']) => id)].map(([id, of]) => [id, of.map(([, , rest = '']) => rest)]),
  );
}

test.for(databases)(
  'whatever others do between the approval and the move of the branch, only what was approved is committed, and only ' +
    'while something allows it ($kind)',
  { timeout: 60_000 + rounds * 3000 },
  async (database) => {
    const clock = { now: Date.UTC(2026, 5, 1) };
    await using hub = await makeHub({ database, clock: () => clock.now });
    const shop = await makeShop(hub);
    const cleo = await person(hub, 'cleo', { role: 'admin' });
    const eve = await person(hub, 'eve', { role: 'owner' });
    const ids = new Map<Name, string>([
      ['jane', shop.jane.id],
      ['bob', shop.bob.id],
      ['ann', shop.ann.id],
      ['cleo', cleo.id],
    ]);
    const played: Played[] = [];
    const stage: Stage = { shop, ids, eve: eve.id, clock, seen: new Set() };
    const property = fc.asyncProperty(anyRound, async (round) => {
      const { request, known } = await play(stage, round);
      expect(['completed', 'pending', 'failed']).toContain(request.state);
      expect(request.state === 'completed' && !known.atLast).toBe(false);
      played.push({ round, request });
    });
    await fc.assert(property, {
      numRuns: Math.max(rounds, pairs.length),
      endOnFailure: true,
      examples: pairs.map((round): [Round] => [round]),
    });
    const all = allowances.flatMap((allowedBy) =>
      kinds.flatMap((kind) => [
        ...moments.map((moment) => `${allowedBy}: ${kind} at ${moment}`),
        ...kinds.map((next) => `${allowedBy}: ${kind}, ${next}`),
      ]),
    );
    expect([...stage.seen].toSorted()).toEqual(all.toSorted());
    const commits = committed(shop);
    for (const one of played)
      expect({ ...one, commits: commits.get(one.request.id) ?? [] }).toEqual({
        ...one,
        commits: expected(one),
      });
    const completed = played.filter(({ request }) => request.state === 'completed').length;
    expect(commits.size).toBe(completed);
    expect(Math.min(completed, played.length - completed)).toBeGreaterThan(rounds / 20);
    await checkInvariants(shop);
  },
);
