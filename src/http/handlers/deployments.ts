import type { deploymentOperations } from '../../contract/operations/deployments.ts';
import { compareFile } from '../../app/deployments/compare-file.ts';
import { compareRevisions } from '../../app/deployments/compare-revisions.ts';
import { getDeployment } from '../../app/deployments/get-deployment.ts';
import { listChangedFields } from '../../app/deployments/list-changed-fields.ts';
import { listDeployments } from '../../app/deployments/list-deployments.ts';
import { recommendRollback } from '../../app/deployments/recommend-rollback.ts';
import type { Hub } from '../../app/hub.ts';
import type { HandlersOf } from '../handler.ts';
import {
  wireComparison,
  wireDeployment,
  wireDeploymentDetail,
  wireFieldChanges,
  wireFileComparison,
  wireRecommendation,
} from './wire-deployment.ts';

/** Operations on the history of deployments. */
export const deploymentHandlers = (hub: Hub): HandlersOf<typeof deploymentOperations> => ({
  listDeployments: async ({ actor, params, query }) => {
    const { deployments, nextCursor } = await listDeployments(hub, actor, { ...query, ...params });
    return { items: deployments.map(wireDeployment), nextCursor: nextCursor ?? null };
  },
  getDeployment: async ({ actor, params, query }) => ({
    items: (await getDeployment(hub, actor, { ...query, ...params })).map(wireDeploymentDetail),
  }),
  recommendRollback: async ({ actor, params }) => {
    const found = await recommendRollback(hub, actor, params);
    return { recommendation: found ? wireRecommendation(found) : null };
  },
  compareRevisions: async ({ actor, params, query }) =>
    wireComparison(query, await compareRevisions(hub, actor, { ...query, ...params })),
  compareFile: async ({ actor, params, query }) =>
    wireFileComparison(await compareFile(hub, actor, { ...query, ...params })),
  listChangedFields: async ({ actor, params, query }) =>
    wireFieldChanges(query.service, await listChangedFields(hub, actor, { ...query, ...params })),
});
