import type { TestDatabase } from '../../test/kit/databases.ts';
import { type TestHub, makeHub, person } from '../../test/kit/hub.ts';
import { brokenPromises } from '../../test/kit/request-invariants.ts';
import { type Answer, type RequestServer, requestServer } from '../../test/kit/request-server.ts';
import { type Shop, makeShop, serviceWish, setPolicy } from '../../test/kit/shop.ts';

export interface ApproveOptions {
  /** Requests one after the other; quorums from one to five take turns. */
  readonly requests: number;
  /** People who approve each of them at the same moment, the first of them twice. */
  readonly approvers: number;
  /** SQLite unless given. */
  readonly database?: TestDatabase;
}

/** What came of many approvals at the same moment; what is wrong, in words. */
export interface ApproveResult {
  /** Requests that were executed once, by quorum from one to five. */
  readonly executed: readonly number[];
  readonly faults: readonly string[];
  readonly seconds: number;
}

interface Crowd {
  readonly hub: TestHub;
  readonly shop: Shop;
  readonly server: RequestServer;
  readonly voters: readonly string[];
}

/** Has a crowd approve one request after the other, and counts what each answer and each commit says. */
export async function approveAtOnce(options: ApproveOptions): Promise<ApproveResult> {
  const { requests, approvers, database } = options;
  await using hub = await makeHub(database ? { database } : {});
  const shop = await makeShop(hub);
  const people: Record<string, { readonly id: string }> = { jane: shop.jane };
  for (let at = 0; at < approvers; at += 1) people[`p${at}`] = await person(hub, `p${at}`, { role: 'admin' });
  await using server = requestServer(hub, people);
  const voters = Object.keys(people).filter((name) => name !== 'jane');
  const executed = [0, 0, 0, 0, 0];
  const faults: string[] = [];
  const started = performance.now();
  for (let at = 0; at < requests; at += 1) {
    const found = await approveOne({ hub, shop, server, voters }, at);
    faults.push(...found);
    if (found.length === 0) executed[at % 5] = (executed[at % 5] ?? 0) + 1;
  }
  const seconds = (performance.now() - started) / 1000;
  faults.push(...(await brokenPromises(shop)));
  return { executed, faults, seconds };
}

/** One request: back to the good release, or forth to the bad one, so that there is always something to change. */
async function approveOne({ hub, shop, server, voters }: Crowd, at: number): Promise<readonly string[]> {
  const quorum = (at % 5) + 1;
  await setPolicy(shop, { approvals: quorum });
  const { slug: _slug, ...wish } = serviceWish(shop, { targetSha: at % 2 === 0 ? shop.good : shop.bad });
  const before = Number(shop.git('rev-list', '--count', 'main'));
  const { body, status } = await server.call('jane', 'POST', '/projects/shop/rollback-requests', wish);
  const { id, digest } = body as { id: string; digest: string };
  if (status !== 201) return [`request ${at}: submit answered ${status}`];
  const answers = await Promise.all(
    [...voters, ...voters.slice(0, 1)].map((who) =>
      server.call(who, 'POST', `/requests/${id}/approve`, { digest }),
    ),
  );
  const request = await hub.store.requests.get(id);
  const counted = (request?.reviews ?? []).filter(({ voided }) => !voided).map(({ by }) => by.personId);
  const commits = Number(shop.git('rev-list', '--count', 'main')) - before;
  return wrongWith(answers, {
    'accepted votes': [answers.filter((answer) => answer.status === 200).length, quorum],
    'people counted': [new Set(counted).size, quorum],
    'votes kept': [counted.length, quorum],
    commits: [commits, 1],
    'requests completed': [request?.state === 'completed' ? 1 : 0, 1],
  }).map((words) => `request ${at}, quorum ${quorum}: ${words}`);
}

// Whoever came later: it is decided, or they had voted, or nothing was left to approve.
const legal = ['not_pending', 'already_reviewed', 'scope_moved'];

const wrongWith = (
  answers: readonly Answer[],
  counts: Readonly<Record<string, readonly [actual: number, expected: number]>>,
): readonly string[] => [
  ...answers
    .filter(({ status, code }) => status !== 200 && !legal.includes(code))
    .map(({ status, message }) => `answered ${status} ${message}`),
  ...Object.entries(counts)
    .filter(([, [actual, expected]]) => actual !== expected)
    .map(([what, [actual, expected]]) => `${actual} ${what} instead of ${expected}`),
];
