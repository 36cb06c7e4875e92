import { createHash } from 'node:crypto';
import { type ExecuteCommand } from '../contract/agent-v1/command.ts';
import { commandFault } from '../contract/agent-v1/command-spec.ts';
import type { ClusterView } from './cluster-view.ts';

/** What became of a command, and what should be reported anew because of it. */
export interface CarriedOut {
  readonly status: 'completed' | 'failed';
  readonly message: string;
  readonly again: 'applications' | 'drift' | undefined;
  /** What was asked for, where it was an answer. */
  readonly result?: unknown;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Why the agent must not even begin; undefined when it may. */
export const refuseCommand = (
  command: ExecuteCommand,
  { at, allowed }: { readonly at: number; readonly allowed: readonly string[] },
): string | undefined => {
  const fault = commandFault(command, { at, hash: sha256, allowed });
  if (fault !== undefined) return fault;
  const { argoSync, argoRefresh, runDriftScan, dryRunObjects } = command;
  return argoSync || argoRefresh || runDriftScan || dryRunObjects
    ? undefined
    : 'this agent carries out argoSync, argoRefresh, runDriftScan and dryRunObjects only';
};

/** Carries out a command that was not refused. Never throws: a failure is an answer, too. The signal ends a dry run. */
export async function carryOut(
  command: ExecuteCommand,
  view: ClusterView,
  signal: AbortSignal,
): Promise<CarriedOut> {
  try {
    if (command.argoSync) {
      const message = await view.sync(command.argoSync, command.requestedBy);
      return { status: 'completed', message, again: 'applications' };
    }
    if (command.argoRefresh)
      return { status: 'completed', message: await view.refresh(command.argoRefresh), again: 'applications' };
    if (command.dryRunObjects) {
      const objects = await view.dryRun(command.dryRunObjects, signal);
      return { status: 'completed', message: 'asked by dry run', again: undefined, result: { objects } };
    }
    return { status: 'completed', message: 'the report of drift follows', again: 'drift' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'failed', message, again: undefined };
  }
}
