import type { ResultOf } from '../../contract/operations.ts';
import { wireFile, wireServiceChange } from '../../contract/plan.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { FileComparison } from '../../app/deployments/compare-file.ts';
import type { RevisionComparison } from '../../app/deployments/compare-revisions.ts';
import type { DeploymentDetail } from '../../app/deployments/get-deployment.ts';
import type { ShownDeployment } from '../../app/deployments/list-deployments.ts';
import type { ShownRecommendation } from '../../app/deployments/recommend-rollback.ts';
import { wireStanding } from './judgements.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';

/** A row of the history. */
export const wireDeployment = (row: ShownDeployment): ResultOf<'listDeployments'>['items'][number] => ({
  revision: row.revision,
  timestamp: wireTime(row.at),
  author: { id: null, name: row.author.name, email: row.author.email ?? null, kind: 'person' },
  bot: row.author.bot ?? null,
  pullRequest: row.pullRequest ?? null,
  tenant: row.tenant,
  environment: row.environment,
  changes: {
    summary: row.summary,
    services: [...row.services],
    files: row.files,
    fields: row.fields ?? null,
  },
  source: row.source,
  status: row.status,
  rolledBackServices: row.status === 'rolled_back' ? [...row.statusServices] : [],
  requestId: row.requestId ?? null,
  recurring: row.recurring ?? null,
  knownGood: wireStanding(row.standing),
  current: row.current,
});

type WireRecommendation = NonNullable<ResultOf<'recommendRollback'>['recommendation']>;

export const wireRecommendation = (found: ShownRecommendation): WireRecommendation => ({
  deployment: wireDeployment(found.deployment),
  mode: found.mode,
  service: found.service ?? null,
  fields: found.fields.map(({ field, address }) => ({ field, address })),
  evidence: found.evidence.map(({ kind, text }) => ({ kind, text })),
  thin: found.thin,
});

/** One deployment with what it changed. */
export const wireDeploymentDetail = (
  detail: DeploymentDetail,
): ResultOf<'getDeployment'>['items'][number] => ({
  ...wireDeployment(detail),
  message: detail.message,
  parents: [...detail.parents],
  services: detail.changes.services.map(wireServiceChange),
});

export const wireComparison = (
  { tenant, environment }: TenantEnvironment,
  found: RevisionComparison,
): ResultOf<'compareRevisions'> => ({
  tenant,
  environment,
  from: found.from,
  to: found.to,
  services: found.services.map(wireServiceChange),
  complete: found.complete,
});

export const wireFileComparison = ({ file, from, to, opaque }: FileComparison): ResultOf<'compareFile'> => ({
  file: wireFile(file),
  text: opaque === undefined ? { from: from ?? null, to: to ?? null } : null,
  opaque: opaque ?? null,
});

export const wireFieldChanges = (
  service: string,
  found: RevisionComparison,
): ResultOf<'listChangedFields'> => ({
  from: found.from,
  to: found.to,
  service,
  fields: found.services.flatMap((change) => wireServiceChange(change).fields),
  opaque: [...found.opaque],
});
