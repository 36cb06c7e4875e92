import type { ValidateObject } from '../delivery/check-object.ts';

type Load = () => Promise<{ readonly validate: ValidateObject }>;

/** The schemas of the kinds that people write most, by apiVersion and kind. Each is read when an object of it comes. */
const schemas: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['v1 ConfigMap', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1ConfigMap')],
  ['v1 LimitRange', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1LimitRange')],
  ['v1 Namespace', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1Namespace')],
  ['v1 PersistentVolume', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1PersistentVolume')],
  [
    'v1 PersistentVolumeClaim',
    () => import('kubernetes-models/_schemas/IoK8sApiCoreV1PersistentVolumeClaim'),
  ],
  ['v1 Pod', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1Pod')],
  ['v1 ResourceQuota', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1ResourceQuota')],
  ['v1 Secret', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1Secret')],
  ['v1 Service', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1Service')],
  ['v1 ServiceAccount', () => import('kubernetes-models/_schemas/IoK8sApiCoreV1ServiceAccount')],
  ['apps/v1 DaemonSet', () => import('kubernetes-models/_schemas/IoK8sApiAppsV1DaemonSet')],
  ['apps/v1 Deployment', () => import('kubernetes-models/_schemas/IoK8sApiAppsV1Deployment')],
  ['apps/v1 ReplicaSet', () => import('kubernetes-models/_schemas/IoK8sApiAppsV1ReplicaSet')],
  ['apps/v1 StatefulSet', () => import('kubernetes-models/_schemas/IoK8sApiAppsV1StatefulSet')],
  [
    'autoscaling/v2 HorizontalPodAutoscaler',
    () => import('kubernetes-models/_schemas/IoK8sApiAutoscalingV2HorizontalPodAutoscaler'),
  ],
  ['batch/v1 CronJob', () => import('kubernetes-models/_schemas/IoK8sApiBatchV1CronJob')],
  ['batch/v1 Job', () => import('kubernetes-models/_schemas/IoK8sApiBatchV1Job')],
  ['networking.k8s.io/v1 Ingress', () => import('kubernetes-models/_schemas/IoK8sApiNetworkingV1Ingress')],
  [
    'networking.k8s.io/v1 IngressClass',
    () => import('kubernetes-models/_schemas/IoK8sApiNetworkingV1IngressClass'),
  ],
  [
    'networking.k8s.io/v1 NetworkPolicy',
    () => import('kubernetes-models/_schemas/IoK8sApiNetworkingV1NetworkPolicy'),
  ],
  [
    'policy/v1 PodDisruptionBudget',
    () => import('kubernetes-models/_schemas/IoK8sApiPolicyV1PodDisruptionBudget'),
  ],
  [
    'rbac.authorization.k8s.io/v1 ClusterRole',
    () => import('kubernetes-models/_schemas/IoK8sApiRbacV1ClusterRole'),
  ],
  [
    'rbac.authorization.k8s.io/v1 ClusterRoleBinding',
    () => import('kubernetes-models/_schemas/IoK8sApiRbacV1ClusterRoleBinding'),
  ],
  ['rbac.authorization.k8s.io/v1 Role', () => import('kubernetes-models/_schemas/IoK8sApiRbacV1Role')],
  [
    'rbac.authorization.k8s.io/v1 RoleBinding',
    () => import('kubernetes-models/_schemas/IoK8sApiRbacV1RoleBinding'),
  ],
  [
    'scheduling.k8s.io/v1 PriorityClass',
    () => import('kubernetes-models/_schemas/IoK8sApiSchedulingV1PriorityClass'),
  ],
  [
    'storage.k8s.io/v1 StorageClass',
    () => import('kubernetes-models/_schemas/IoK8sApiStorageV1StorageClass'),
  ],
]);

/** What a built-in kind of Kubernetes has to look like; nothing for kinds that are not built in, or are rare. */
export async function schemaOf(apiVersion: string, kind: string): Promise<ValidateObject | undefined> {
  const load = schemas.get(`${apiVersion} ${kind}`);
  return load === undefined ? undefined : (await load()).validate;
}
