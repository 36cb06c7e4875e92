import type { Application } from '../cluster/application.ts';

/** Why a cluster may not follow a commit, in words that say what to do. */
export interface SyncObstacle {
  readonly kind:
    | 'manual_sync'
    | 'sync_window'
    | 'stuck_operation'
    | 'failed_operation'
    | 'paused_rollout'
    | 'other_branch'
    | 'condition';
  readonly text: string;
}

/** A sync that takes longer hangs more often than not. */
const longestOperation = 600_000;

const isRunning = (phase: string): boolean => phase === 'Running' || phase === 'Terminating';
const hasFailed = (phase: string): boolean => phase === 'Failed' || phase === 'Error';

const short = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199).toWellFormed()}…` : line;
};

/** Our agent tells windows as a condition with its times; Argo CD itself mentions them in what it says of a sync. */
function windowObstacle({ operation, conditions }: Application): SyncObstacle | undefined {
  const told = conditions.find(({ type }) => type === 'SyncWindow');
  if (told) return { kind: 'sync_window', text: `${short(told.message)}; open it, or wait` };
  const said = [operation?.message ?? '', ...conditions.map(({ message }) => message)];
  return said.some((text) => /sync window/i.test(text))
    ? { kind: 'sync_window', text: 'a sync window is closed; open it, or sync by hand' }
    : undefined;
}

function operationObstacle({ operation }: Application, now: number): SyncObstacle | undefined {
  if (operation === undefined) return undefined;
  const { phase, message, startedAt } = operation;
  if (isRunning(phase) && startedAt !== undefined && now - startedAt > longestOperation)
    return {
      kind: 'stuck_operation',
      text: `a sync has been running for ${Math.floor((now - startedAt) / 60_000)} minutes; end it in Argo CD`,
    };
  if (hasFailed(phase)) return { kind: 'failed_operation', text: `the last sync failed: ${short(message)}` };
  return undefined;
}

const isPaused = ({ healthStatus, resources }: Application): boolean =>
  healthStatus === 'Suspended' ||
  resources.some((each) => each.kind === 'Rollout' && each.healthStatus === 'Suspended');

const follows = (targetRevision: string, branch: string): boolean =>
  ['', 'HEAD', branch, `refs/heads/${branch}`].includes(targetRevision);

/** Everything that can keep an Application from taking over a commit of this branch, the most certain first. */
export function syncObstacles(
  application: Application,
  { now, branch }: { readonly now: number; readonly branch: string },
): readonly SyncObstacle[] {
  const { syncPolicy, conditions, targetRevision } = application;
  const operation = operationObstacle(application, now);
  const closed = windowObstacle(application);
  return [
    ...(follows(targetRevision, branch)
      ? []
      : [{ kind: 'other_branch', text: `it follows ${short(targetRevision)}, not ${branch}` } as const]),
    ...(operation ? [operation] : []),
    ...(closed ? [closed] : []),
    ...(syncPolicy?.automated
      ? []
      : [{ kind: 'manual_sync', text: 'Argo CD does not sync it by itself; ask for a sync' } as const]),
    ...(isPaused(application)
      ? [{ kind: 'paused_rollout', text: 'a rollout waits to be promoted' } as const]
      : []),
    ...conditions
      .filter(({ type, message }) => type.endsWith('Error') && !/sync window/i.test(message))
      .map(({ type, message }) => ({ kind: 'condition' as const, text: `${type}: ${short(message)}` })),
  ];
}
