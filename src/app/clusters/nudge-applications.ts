import type { Application } from '../../domain/cluster/application.ts';
import type { Cluster } from '../../domain/cluster/cluster.ts';
import { type Nudge, defaultPolicy } from '../../domain/policy/policy.ts';
import type { Request } from '../../domain/request/request.ts';
import type { Verification } from '../../domain/verification/verification.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { type CommandWish, addCommand } from './add-command.ts';
import { applicationKey } from './bind-applications.ts';

type Evidence = Verification['applications'][number];

/**
 * After a commit, asks the agents of Applications that do not run it yet to look at once, as far as the policy of the
 * environment says so and the agent may. Never more than a look, or a sync to what Git says; nothing is pruned. Answers
 * how many were asked; wake `commands` then.
 */
export async function nudgeApplications(
  hub: Hub,
  tx: TransactionTables,
  { request, evidence }: { readonly request: Request; readonly evidence: readonly Evidence[] },
): Promise<number> {
  let asked = 0;
  for (const { clusterId, namespace, name, stage, presence } of evidence) {
    // One that is away looks by itself when it is back; the command would have expired.
    if (stage !== 'delivered' || presence === 'offline') continue;
    const rows = await tx.clusterApplications.of(clusterId);
    const row = rows.find(({ application }) => applicationKey(application) === `${namespace}/${name}`);
    const cluster = await tx.clusters.get(clusterId);
    if (!row?.bound || !cluster) continue;
    const kept = await tx.policies.latest(request.projectId, row.bound.environment);
    const kind = kindOf((kept?.policy ?? defaultPolicy).nudge, row.application, cluster);
    if (kind === undefined) continue;
    const wish = wishOf(kind, { request, cluster, application: row.application });
    await addCommand(hub, tx, { actor: systemActor, wish });
    asked += 1;
  }
  return asked;
}

/** The least that helps: a sync is for those that Argo CD does not sync by itself. */
function kindOf(
  nudge: Nudge,
  { syncPolicy }: Application,
  { facts: { capabilities } }: Cluster,
): CommandWish['kind'] | undefined {
  if (nudge === 'none') return undefined;
  if (nudge === 'sync' && !syncPolicy?.automated && capabilities.includes('argocd.write')) return 'argoSync';
  return capabilities.includes('argocd.refresh') ? 'argoRefresh' : undefined;
}

interface Nudged {
  readonly request: Request;
  readonly cluster: Cluster;
  readonly application: Application;
}

function wishOf(kind: CommandWish['kind'], { request, cluster, application }: Nudged): CommandWish {
  const { name, namespace, project } = application;
  const named = { application: name, namespace, project };
  return {
    cluster,
    kind,
    payload: kind === 'argoSync' ? { ...named, prune: false, dryRun: false } : named,
    requestedBy: `request ${request.id}`,
    request: { projectId: request.projectId, requestId: request.id },
  };
}
