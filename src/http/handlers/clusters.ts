import { bindCluster, unbindCluster } from '../../app/clusters/bind-cluster.ts';
import { createCluster } from '../../app/clusters/create-cluster.ts';
import { deleteCluster } from '../../app/clusters/delete-cluster.ts';
import { createRegistrationToken } from '../../app/clusters/registration-token.ts';
import { syncApplication } from '../../app/clusters/sync-application.ts';
import { getCluster, listClusters, showCluster } from '../../app/clusters/view-cluster.ts';
import type { Hub } from '../../app/hub.ts';
import type { clusterOperations } from '../../contract/operations/clusters.ts';
import type { HandlersOf } from '../handler.ts';
import {
  wireApplications,
  wireCluster,
  wireClusterDetail,
  wireCommand,
  wireDrift,
  wireInventory,
  wireNewCluster,
  wireRegistration,
} from './wire-cluster.ts';

/** Clusters, what they reported, and what they run. */
export const clusterHandlers = (hub: Hub): HandlersOf<typeof clusterOperations> => ({
  listClusters: async ({ actor }) => ({ items: (await listClusters(hub, actor)).map(wireCluster) }),
  createCluster: async ({ actor, body }) => {
    const { cluster, token } = await createCluster(hub, actor, body);
    return wireNewCluster(await showCluster(hub, cluster.id), token, hub);
  },
  getCluster: async ({ actor, params }) => wireClusterDetail(await getCluster(hub, actor, params.id)),
  deleteCluster: async ({ actor, params }) => {
    await deleteCluster(hub, actor, params.id);
    return undefined;
  },
  createRegistrationToken: async ({ actor, params }) =>
    wireRegistration(await createRegistrationToken(hub, actor, params.id), hub),
  getClusterInventory: async ({ actor, params }) => wireInventory(await getCluster(hub, actor, params.id)),
  getClusterDrift: async ({ actor, params }) => wireDrift(await getCluster(hub, actor, params.id)),
  listClusterApplications: async ({ actor, params }) =>
    wireApplications(await getCluster(hub, actor, params.id)),
  bindCluster: async ({ actor, params, body }) =>
    wireClusterDetail(await bindCluster(hub, actor, { ...body, clusterId: params.id })),
  unbindCluster: async ({ actor, params, body }) =>
    wireClusterDetail(await unbindCluster(hub, actor, { ...body, clusterId: params.id })),
  syncApplication: async ({ actor, params, body }) =>
    wireCommand(await syncApplication(hub, actor, { ...body, clusterId: params.id })),
});
