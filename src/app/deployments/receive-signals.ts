import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/people/actor.ts';
import { decide, demandRight } from '../../domain/people/rights.ts';
import type { DeploymentSignal } from '../../store/deployment-signals.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';

/** An alert as a monitoring system tells it. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly fingerprint: string;
  readonly startedAt: number;
  /** Absent while it goes on. */
  readonly endedAt: number | undefined;
}

/** Alerts without a tenant and an environment in their labels are about nothing that we know. */
export interface SignalsReceived {
  readonly received: number;
  readonly ignored: number;
}

function signalOf(alert: Alert, projectId: string, receivedAt: number): DeploymentSignal | undefined {
  const { labels, summary, startedAt, endedAt } = alert;
  const { tenant, environment, service, alertname } = labels;
  if (!tenant || !environment) return undefined;
  const own = JSON.stringify(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const fingerprint = alert.fingerprint || createHash('sha256').update(own).digest('hex').slice(0, 32);
  const name = alertname ?? 'alert';
  return {
    projectId,
    fingerprint,
    startedAt,
    tenant,
    environment,
    service,
    name,
    summary,
    endedAt,
    receivedAt,
  };
}

/** Keeps alerts about tenant-environments of a project: a deployment in which one began is not known to be good. */
export async function receiveSignals(
  hub: Hub,
  actor: Actor,
  { slug, alerts }: { readonly slug: string; readonly alerts: readonly Alert[] },
): Promise<SignalsReceived> {
  const { id: projectId } = await findProject(hub.store, actor, slug);
  const at = hub.clock();
  const read = alerts.flatMap((alert) => signalOf(alert, projectId, at) ?? []);
  // Somebody who may judge some places only is heard about those.
  const signals = read.filter(
    ({ tenant, environment }) => decide(actor, 'judge', { projectId, tenant, environment }).allowed,
  );
  if (read.length > 0 && signals.length === 0) demandRight(actor, 'judge', { projectId });
  if (signals.length > 0)
    await saveChange(hub, async (tx) => {
      for (const signal of signals) await tx.deploymentSignals.put(signal);
      const over = signals.filter(({ endedAt }) => endedAt !== undefined).length;
      await recordChange(tx, actor, {
        at,
        action: 'signal.received',
        object: { type: 'project', id: projectId },
        projectId,
        details: {
          begun: signals.length - over,
          over,
          names: [...new Set(signals.map(({ name }) => name))].slice(0, 20),
        },
      });
    });
  return { received: signals.length, ignored: alerts.length - signals.length };
}
