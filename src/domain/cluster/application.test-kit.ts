import type { Application } from './application.ts';

/** An Application that says nothing but what the test cares for. */
export const applicationOf = (said: Partial<Application> = {}): Application => ({
  name: 'api',
  namespace: 'argocd',
  project: 'default',
  repoUrl: '',
  path: '',
  targetRevision: 'main',
  syncStatus: 'Synced',
  healthStatus: 'Healthy',
  lastSyncedAt: undefined,
  destinationNamespace: '',
  sources: [],
  liveRevision: '',
  reconciledAt: undefined,
  resourceCount: 0,
  outOfSyncResourceCount: 0,
  degradedResourceCount: 0,
  syncPolicy: { automated: true, prune: true, selfHeal: true },
  operation: undefined,
  conditions: [],
  resources: [],
  history: [],
  ...said,
});
