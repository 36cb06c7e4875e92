import { judgeApplication } from './judge-application.ts';
import type {
  ApplicationEvidence,
  ObservedApplication,
  Verification,
  VerificationState,
} from './verification.ts';

/** What is known of a completed request at one moment. Times are epoch milliseconds, spans milliseconds. */
export interface RecoveryFacts {
  readonly now: number;
  readonly completedAt: number;
  /** The branch that clusters read has the commit. */
  readonly delivered: boolean;
  readonly branch: string;
  /** Every Application that runs what was changed. */
  readonly applications: readonly ObservedApplication[];
  /** Clusters that a person bound, which report no Application of the scope. */
  readonly silent: readonly string[];
  /** How long all has to stay healthy. */
  readonly settle: number;
  /** After this long without proof it is unconfirmed. */
  readonly patience: number;
}

/** The words of the product page. */
const away = 'safe in Git; sync will occur when the agent reconnects';

const hour = 3_600_000;
/** A verified recovery is watched for this long. */
const watch = 24 * hour;
/** Milliseconds after its completion until which any other is watched. */
export const longestWatch = 7 * 24 * hour;

const order: readonly VerificationState[] = [
  'committed',
  'delivered',
  'synced',
  'healthy',
  'settled',
  'verified',
];
const atLeast = (state: VerificationState, needed: VerificationState): boolean =>
  order.indexOf(state) >= order.indexOf(needed);

interface Standing {
  readonly state: VerificationState;
  readonly reason: string;
  readonly healthySince?: number | undefined;
}

const nameOf = ({ namespace, name, clusterName }: ApplicationEvidence): string =>
  `${namespace}/${name} in ${clusterName}`;

/** The Application that holds everything up: of the least stage, the first. */
function slowest(evidence: readonly ApplicationEvidence[]): ApplicationEvidence | undefined {
  return (
    evidence.find(({ stage }) => stage === 'delivered') ?? evidence.find(({ stage }) => stage === 'synced')
  );
}

function reasonOf(evidence: ApplicationEvidence): string {
  if (evidence.presence === 'offline') return away;
  const [obstacle] = evidence.obstacles;
  const hint = obstacle === undefined ? '' : `; ${obstacle.text}`;
  return `${nameOf(evidence)}: ${evidence.reason}${hint}`;
}

/** Without a drift report since, drift is not known to be gone. */
const driftIsOld = ({ drift }: ObservedApplication, since: number): boolean =>
  drift !== undefined && drift.reportedAt < since;

/** How far all of them are together, and since when they have been well. */
function stand(
  facts: RecoveryFacts,
  evidence: readonly ApplicationEvidence[],
  before: Verification | undefined,
): Standing {
  const { applications, settle } = facts;
  const held = slowest(evidence);
  if (held) return { state: held.stage, reason: reasonOf(held) };
  const oldest = Math.min(...applications.map(({ reportedAt }) => reportedAt));
  const newest = Math.max(...applications.map(({ reportedAt }) => reportedAt));
  const healthySince = before?.healthySince ?? newest;
  if (oldest - healthySince < settle) {
    const offline = evidence.some(({ presence }) => presence === 'offline');
    const seconds = Math.round(settle / 1000);
    const reason = offline ? away : `healthy; it counts once that has lasted ${seconds} seconds`;
    return { state: 'healthy', reason, healthySince };
  }
  if (applications.some((each) => driftIsOld(each, healthySince)))
    return {
      state: 'settled',
      reason: 'it waits for a look at drift that is newer than the sync',
      healthySince,
    };
  if (applications.some(({ images }) => images !== undefined && images.reportedAt < healthySince))
    return {
      state: 'settled',
      reason: 'it waits for a look at running images that is newer than the sync',
      healthySince,
    };
  return { state: 'verified', reason: provenText(evidence), healthySince };
}

/** What was proven: images only where clusters report them. */
function provenText(evidence: readonly ApplicationEvidence[]): string {
  const images = evidence.reduce((sum, each) => sum + (each.images?.compared ?? 0), 0);
  const runs =
    images === 0 ? '' : `; ${images === 1 ? 'its image is' : `all ${images} images are`} as expected`;
  return `every Application runs this change, in sync and healthy${runs}`;
}

/** What broke after it had been healthy: only what says so plainly counts. */
const isBroken = ({ healthStatus, relation, stage }: ApplicationEvidence): boolean =>
  relation === 'behind' ||
  (stage !== 'healthy' && (healthStatus === 'Degraded' || healthStatus === 'Missing'));

function unbound({ delivered, silent }: RecoveryFacts): Standing {
  if (!delivered) return { state: 'committed', reason: 'the branch that clusters read does not have it yet' };
  if (silent.length === 0)
    return {
      state: 'delivered',
      reason: 'no cluster is known to run what was changed, so nobody can say more',
    };
  return { state: 'delivered', reason: `${silent.join(', ')}: no Application of it is reported` };
}

const wasWell = (before: Verification | undefined): boolean =>
  before !== undefined &&
  (before.state === 'regressed' || before.verifiedAt !== undefined || atLeast(before.state, 'healthy'));

/**
 * The verdict on a completed request, from what is known now and the verdict before. Evidence decides alone: an agent's
 * word that a command was done, or Argo CD's that it synced, proves nothing without the tree and the health.
 */
export function verifyRecovery(facts: RecoveryFacts, before?: Verification): Verification {
  const { now, completedAt, applications, patience, branch } = facts;
  const evidence = applications.map((each) => judgeApplication(each, { now, branch }));
  const bound = applications.length + facts.silent.length > 0;
  const verdict = (
    { state, reason, healthySince }: Standing,
    closed = false,
    verifiedAt = before?.verifiedAt,
  ): Verification => ({ state, reason, bound, applications: evidence, healthySince, verifiedAt, closed });
  const old = now - completedAt > longestWatch;

  if (applications.length === 0 || !facts.delivered) return verdict(unbound(facts), old);
  const later = evidence.find(({ relation }) => relation === 'superseded');
  if (later) {
    const state = before?.verifiedAt === undefined ? 'unconfirmed' : 'verified';
    return verdict({ state, reason: `a later change replaced it: ${nameOf(later)}` }, true);
  }
  const broken = wasWell(before) ? evidence.find(isBroken) : undefined;
  if (broken) return verdict({ state: 'regressed', reason: `${nameOf(broken)}: ${broken.reason}` }, old);

  const standing = stand(facts, evidence, before);
  const verifiedAt = before?.verifiedAt ?? (standing.state === 'verified' ? now : undefined);
  // Once proven, a cluster that is busy or away does not unprove it.
  if (verifiedAt !== undefined && before?.state !== 'regressed')
    return verdict(
      {
        ...standing,
        state: 'verified',
        ...(standing.state === 'verified' ? {} : { reason: before?.reason ?? '' }),
      },
      now - verifiedAt > watch,
      verifiedAt,
    );
  if (standing.state !== 'verified' && before?.state === 'regressed')
    return verdict({ ...standing, state: 'regressed' }, old);
  if (standing.state !== 'verified' && now - completedAt > patience)
    return verdict({ ...standing, state: 'unconfirmed' }, old);
  return verdict(standing, old, verifiedAt);
}
