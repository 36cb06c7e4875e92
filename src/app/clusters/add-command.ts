import type { Actor } from '../../domain/people/actor.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import type { ClusterCommand } from './agent-commands.ts';

/** Something that the agent of a cluster is to do. */
export interface CommandWish {
  readonly cluster: { readonly id: string; readonly name: string };
  readonly kind: 'argoSync' | 'argoRefresh' | 'dryRunObjects';
  readonly payload: Readonly<Record<string, string | boolean>>;
  /** What the audit log says of it; the payload itself where that is absent. */
  readonly about?: Readonly<Record<string, string | number>>;
  /** For whom, as the agent and Argo CD show it. */
  readonly requestedBy: string;
  /** Milliseconds until the agent must not begin with it any more; 2 minutes unless told. */
  readonly patience?: number;
  /** The request that it follows from, where it does. */
  readonly request?: { readonly projectId: string; readonly requestId: string };
}

/** An agent that does not answer by then never does. */
const usualPatience = 120_000;

/**
 * Keeps a command for an agent, and writes down that it was asked for. Wake `commands` once that is saved. Its hash is
 * worked out when it is sent.
 */
export async function addCommand(
  { newId, clock }: Pick<Hub, 'newId' | 'clock'>,
  tx: TransactionTables,
  { actor, wish }: { readonly actor: Actor; readonly wish: CommandWish },
): Promise<ClusterCommand> {
  const { cluster, kind, payload, about = payload, requestedBy, patience = usualPatience, request } = wish;
  const now = clock();
  const command: ClusterCommand = {
    id: newId('cmd_'),
    clusterId: cluster.id,
    kind,
    payload: JSON.stringify(payload),
    requestedBy,
    createdAt: now,
    expiresAt: now + patience,
    status: 'pending',
    message: '',
    changedAt: now,
    answer: null,
  };
  await tx.clusterCommands.add(command);
  await recordChange(tx, actor, {
    at: now,
    action: 'cluster.command_requested',
    object: { type: 'cluster', id: cluster.id },
    ...request,
    details: { name: cluster.name, command: kind, commandId: command.id, ...about },
  });
  return command;
}
