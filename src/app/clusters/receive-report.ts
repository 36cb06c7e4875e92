import { createHash } from 'node:crypto';
import type { DriftFinding, Inventory } from '../../domain/cluster/application.ts';
import { replacesReport } from '../../domain/cluster/report-order.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { ReportKind } from '../../store/cluster-reports.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import type { Agent } from './agent.ts';

/** `kept`: it is the latest now. `known`: nothing new, but seen again. `stale`: a later one is kept already. */
export type ReportOutcome = 'kept' | 'known' | 'stale';

export interface Report {
  readonly kind: ReportKind;
  /** By the agent's clock. */
  readonly reportedAt: number | undefined;
  /** JSON. */
  readonly body: string;
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Keeps a report when it was made later than what is kept; `keep` writes what else follows from it. The cluster is the
 * one of the token, whatever the report says.
 */
export async function keepReport(
  hub: Hub,
  { cluster, actor }: Agent,
  report: Report & { readonly keep?: (tx: TransactionTables, at: number) => Promise<void> },
): Promise<ReportOutcome> {
  demandRight(actor, 'agent_report');
  const { kind, body } = report;
  const receivedAt = hub.clock();
  const reportedAt = report.reportedAt ?? receivedAt;
  const hash = hashOf(body);
  return hub.store.tx(async (tx) => {
    const now = await tx.clusters.get(cluster.id);
    if (now === undefined) return 'stale';
    await tx.clusters.seen(cluster.id, { now: receivedAt });
    const kept = await tx.clusterReports.head(cluster.id, kind);
    const time = { generation: cluster.generation, reportedAt, receivedAt };
    if (now.generation !== cluster.generation || !replacesReport(kept, time)) return 'stale';
    const head = { clusterId: cluster.id, kind, ...time };
    await report.keep?.(tx, Math.min(reportedAt, receivedAt));
    if (kept?.hash === hash) {
      await tx.clusterReports.again(head);
      return 'known';
    }
    await tx.clusterReports.put({ ...head, hash, body });
    return 'kept';
  });
}

export const receiveInventory = (
  hub: Hub,
  agent: Agent,
  { inventory, reportedAt }: { readonly inventory: Inventory; readonly reportedAt: number | undefined },
): Promise<ReportOutcome> =>
  keepReport(hub, agent, { kind: 'inventory', reportedAt, body: JSON.stringify(inventory) });

export async function receiveDrift(
  hub: Hub,
  agent: Agent,
  {
    findings,
    reportedAt,
  }: { readonly findings: readonly DriftFinding[]; readonly reportedAt: number | undefined },
): Promise<ReportOutcome> {
  const body = JSON.stringify(findings);
  const outcome = await keepReport(hub, agent, { kind: 'drift', reportedAt, body });
  hub.wake('clusters');
  return outcome;
}
