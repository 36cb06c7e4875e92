import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import type { AuditRow } from '../../src/domain/audit/audit-entry.ts';
import { auditBeginning, auditChainText } from '../../src/domain/audit/audit-chain.ts';
import { type Layout, defaultTemplates, makeLayout, ownerOf } from '../../src/domain/layout/layout.ts';
import type { StoredRequest } from '../../src/store/request-rows.ts';
import type { TestHub, TestProject } from './hub.ts';

/** What is always true after a fault, by the names that broken promises begin with. */
export const promises = {
  I1: 'a completed request has exactly one commit in the branch',
  I2: 'no commit of ours without a request',
  I3: 'the audit log is whole, and has each change once',
  I4: 'the repository is sound, and nothing is left lying about',
  I5: 'nothing outside the scope has changed',
  I6: 'the history is one line',
  I7: 'no approval is counted twice',
  I8: 'each change is told to the outside, and nothing waits for ever',
  I9: 'recovering again changes nothing',
} as const;

const layout: Layout = makeLayout(defaultTemplates);

/** A hub whose executions were recovered, with its only project, or the one of several that is asked about. */
type AtRest = Pick<TestProject, 'project' | 'git'> & {
  readonly hub: TestHub;
  readonly only?: string;
  /** Rows that earlier checks of the same hub have seen told to the outside; this one adds its own. */
  readonly told?: Set<number>;
};

/** Every broken promise, in words; an empty list when all of I1 to I9 of the design hold. */
export async function brokenPromises(at: AtRest): Promise<readonly string[]> {
  const { hub } = at;
  const requests = await allRequests(at);
  const audit = await hub.store.audit.after(0, 100_000);
  return [
    ...oneCommitOrNone(at, requests),
    ...chainFaults(audit),
    ...untoldChanges(requests, audit),
    ...repositoryFaults(at),
    ...outsideScope(at, requests),
    ...countedTwice(requests),
    ...(await untoldOutside(at, audit)),
    ...(await secondRecovery(at)),
  ];
}

/** Throws with every broken promise. */
export async function checkInvariants(at: AtRest): Promise<void> {
  const broken = await brokenPromises(at);
  if (broken.length > 0) throw new Error(`broken promises:\n${broken.join('\n')}`);
}

async function allRequests({ hub, only }: AtRest): Promise<readonly StoredRequest[]> {
  return hub.store.requests.list(only === undefined ? {} : { projectIds: [only] }, { limit: 100_000 });
}

const lines = (text: string): string[] => (text === '' ? [] : text.split('\n'));

const trailers = ['Rollback', 'Release', 'Promotion'].map((kind) => `key=${kind}-Request-Id`).join(',');

/** I1, I2, I6: a completed request has exactly one commit, nobody else has one, and the line is straight. */
function oneCommitOrNone({ git }: AtRest, requests: readonly StoredRequest[]): string[] {
  const log = lines(
    git(
      'log',
      '--first-parent',
      `--format=%H%x09%P%x09%cn%x09%(trailers:${trailers},valueonly,separator=%x2C)`,
      'main',
    ),
  );
  const ours = log.map((line) => line.split('\t')).filter(([, , committer]) => committer === 'Knowngood');
  const byRequest = Map.groupBy(ours, ([, , , id = '']) => id);
  const broken: string[] = [];
  for (const { id, state, commit } of requests) {
    const commits = (byRequest.get(id) ?? []).map(([oid]) => oid);
    const expected = state === 'completed' ? [commit] : [];
    if (JSON.stringify(commits) !== JSON.stringify(expected))
      broken.push(
        `I1: ${id} is ${state} with ${String(commit)}, and the branch has ${commits.join(', ') || 'nothing'}`,
      );
    if (state === 'executing') broken.push(`I1: ${id} is still executing`);
  }
  const known = new Set(requests.map(({ id }) => id));
  for (const id of byRequest.keys())
    if (!known.has(id)) broken.push(`I2: a commit of ours is of no request: ${id}`);
  const crooked = ours.filter(([, parents = '']) => parents.split(' ').length !== 1);
  return [...broken, ...crooked.map(([oid]) => `I6: ${oid} has more than one parent`)];
}

/** I3: numbers without gaps, each row bound to the one before. */
function chainFaults(rows: readonly AuditRow[]): string[] {
  let prev = auditBeginning;
  return rows.flatMap((row, index) => {
    const hash = createHash('sha256').update(auditChainText(row.prev, row.entry)).digest('hex');
    const good = row.entry.seq === index + 1 && row.prev === prev && row.hash === hash;
    prev = row.hash;
    return good ? [] : [`I3: row ${index + 1} does not fit`];
  });
}

const stateAfter: Readonly<Record<string, string>> = {
  'request.rejected': 'rejected',
  'request.executing': 'executing',
  'request.completed': 'completed',
  'request.failed': 'failed',
  'request.review_voided': 'pending',
  'request.cancelled': 'cancelled',
  'request.expired': 'expired',
};

/** I3: the log alone tells the state of each request, its votes and its bypasses. */
function untoldChanges(requests: readonly StoredRequest[], rows: readonly AuditRow[]): string[] {
  return requests.flatMap((request) => {
    const own = rows.map(({ entry }) => entry).filter(({ requestId }) => requestId === request.id);
    const states = own.flatMap(({ action, details }) => {
      const after = stateAfter[action] ?? (/submitted|approved/.test(action) ? details['state'] : undefined);
      return typeof after === 'string' ? [after] : [];
    });
    const count = (action: string): number => own.filter((entry) => entry.action === action).length;
    const approvals = request.reviews.filter(({ decision }) => decision === 'approve').length;
    const bypasses = request.breakGlass === undefined ? 0 : 1;
    return [
      ...(states.at(-1) === request.state
        ? []
        : [`I3: ${request.id} is ${request.state}, the log says ${states.at(-1)}`]),
      ...(count('request.approved') === approvals
        ? []
        : [`I3: ${request.id} has votes the log does not know`]),
      ...(count('request.submitted') === 1
        ? []
        : [`I3: ${request.id} was submitted ${count('request.submitted')} times`]),
      ...(count('request.completed') <= 1 ? [] : [`I3: ${request.id} was completed more than once`]),
      ...(count('break_glass.used') >= bypasses ? [] : [`I3: the bypass of ${request.id} is not in the log`]),
    ];
  });
}

/** I4: the repository is sound, and nobody left anything lying about. */
function repositoryFaults({ hub, project, git }: AtRest): string[] {
  const fsck = git('fsck', '--strict', '--connectivity-only', '--no-dangling');
  const left = readdirSync(hub.repositories.pathOf(project.id), { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.lock$|(^|\/)incoming-/.test(path),
  );
  return [...lines(fsck).map((line) => `I4: ${line}`), ...left.map((path) => `I4: ${path} was left`)];
}

/** I5: a commit of ours touches nothing but what its request names. */
function outsideScope({ git }: AtRest, requests: readonly StoredRequest[]): string[] {
  return requests.flatMap(({ id, kind, commit, scope }) => {
    if (commit === undefined || scope.mode === 'undo') return [];
    const paths = lines(git('diff-tree', '-r', '--name-only', '--no-commit-id', commit));
    const inside = (path: string): boolean => {
      const owner = ownerOf(layout, path);
      if (owner?.tenant === undefined || owner.environment === undefined)
        return scope.includeShared || kind === 'release';
      const [where] = scope.where;
      const place = owner.tenant === where?.tenant && owner.environment === where.environment;
      return place && (scope.service === undefined || owner.service === scope.service);
    };
    return paths.filter((path) => !inside(path)).map((path) => `I5: ${id} changed ${path}`);
  });
}

/** I7: one person, one vote that counts. */
function countedTwice(requests: readonly StoredRequest[]): string[] {
  return requests.flatMap(({ id, reviews }) => {
    const people = reviews.filter(({ voided }) => !voided).map(({ by }) => by.personId);
    return new Set(people).size === people.length ? [] : [`I7: somebody is counted twice in ${id}`];
  });
}

/** I8: every change has its job for the outside, and each can be taken and done. */
async function untoldOutside(
  { hub, only, told = new Set<number>() }: AtRest,
  rows: readonly AuditRow[],
): Promise<string[]> {
  for (;;) {
    const now = hub.clock() + 1000;
    const jobs = await hub.store.outbox.take<{ seq: number }>(['event'], 'test', {
      now,
      until: now + 1000,
      limit: 100,
    });
    for (const job of jobs) {
      told.add(job.payload.seq);
      await hub.store.outbox.done(job.id, 'test');
    }
    if (jobs.length === 0) break;
  }
  return rows
    .filter(({ entry }) => !told.has(entry.seq) && (only === undefined || entry.projectId === only))
    .map(({ entry }) => `I8: nobody is told of row ${entry.seq}`);
}

/** I9: recovering again changes nothing. */
async function secondRecovery({ hub, git }: AtRest): Promise<string[]> {
  const before = [git('rev-parse', 'main'), (await hub.store.audit.head()).hash];
  await recoverExecutions(hub, { olderThan: 0 });
  const after = [git('rev-parse', 'main'), (await hub.store.audit.head()).hash];
  return JSON.stringify(before) === JSON.stringify(after) ? [] : ['I9: a second recovery changed something'];
}
