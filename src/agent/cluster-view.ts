import type { CommandPayload } from '../contract/agent-v1/command.ts';
import type { SentDryRun } from '../contract/agent-v1/dry-run.ts';
import type { SentApplication, SentFinding, SentInventory } from './sent.ts';

/** What an agent tells of, and acts on: a real cluster, or the simulated one of the demo. Every call may throw. */
export interface ClusterView {
  readonly kubernetesVersion: () => Promise<string>;
  readonly inventory: (at: string) => Promise<SentInventory>;
  readonly applications: () => Promise<readonly SentApplication[]>;
  readonly drift: (at: string) => Promise<readonly SentFinding[]>;
  /** Has Argo CD sync one Application; answers what was done, in words. Throws `CommandRefused`. */
  readonly sync: (wish: CommandPayload<'argoSync'>, requestedBy: string) => Promise<string>;
  /** Has Argo CD look at Git and at the cluster anew; answers in words. Throws `CommandRefused`. */
  readonly refresh: (wish: CommandPayload<'argoRefresh'>) => Promise<string>;
  /** What the API server would say to these objects, in their order, as far as it is known by the signal. Throws `CommandRefused`. */
  readonly dryRun: (
    wish: CommandPayload<'dryRunObjects'>,
    signal: AbortSignal,
  ) => Promise<readonly SentDryRun[]>;
  /** Yields when applications have changed, until the signal ends it. */
  readonly changes: (signal: AbortSignal) => AsyncGenerator<void>;
}

/** A command that is right, and cannot be carried out now; the message is for a person. */
export class CommandRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandRefused';
  }
}
