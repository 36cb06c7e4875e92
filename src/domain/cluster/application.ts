/** One object that an Application manages, in Argo CD's words. */
export interface ApplicationResource {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly syncStatus: string;
  readonly healthStatus: string;
  readonly healthMessage: string;
  readonly hookType: string;
  readonly requiresPruning: boolean;
}

export interface ApplicationSource {
  readonly repoUrl: string;
  readonly path: string;
  readonly chart: string;
  readonly targetRevision: string;
}

export interface ApplicationOperation {
  readonly phase: string;
  readonly message: string;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
}

/** What an agent reports of one Argo CD Application. Texts are empty where it said nothing. */
export interface Application extends Omit<ApplicationSource, 'chart'> {
  readonly name: string;
  readonly namespace: string;
  readonly project: string;
  readonly syncStatus: string;
  readonly healthStatus: string;
  readonly lastSyncedAt: number | undefined;
  readonly destinationNamespace: string;
  readonly sources: readonly ApplicationSource[];
  /** What the cluster runs, by the source's own revision: a commit, for Git. */
  readonly liveRevision: string;
  readonly reconciledAt: number | undefined;
  readonly resourceCount: number;
  readonly outOfSyncResourceCount: number;
  readonly degradedResourceCount: number;
  readonly syncPolicy:
    { readonly automated: boolean; readonly prune: boolean; readonly selfHeal: boolean } | undefined;
  readonly operation: ApplicationOperation | undefined;
  readonly conditions: readonly {
    readonly type: string;
    readonly message: string;
    readonly lastTransitionAt: number | undefined;
  }[];
  readonly resources: readonly ApplicationResource[];
  readonly history: readonly { readonly revision: string; readonly deployedAt: number | undefined }[];
}

/** Something that differs between Git and the cluster. */
export interface DriftFinding {
  readonly id: string;
  readonly severity: string;
  readonly scope: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly summary: string;
  readonly desiredVersion: string;
  readonly liveVersion: string;
  readonly detectedAt: number | undefined;
  /** JSON as the agent sent it. */
  readonly details?: unknown;
}

export interface InventoryResource {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What runs in a cluster, counted and listed. */
export interface Inventory {
  readonly summary: {
    readonly clusterName: string;
    readonly namespaceCount: number;
    readonly nodeCount: number;
    readonly readyNodeCount: number;
    readonly podCount: number;
    readonly deploymentCount: number;
    readonly kubernetesVersion: string;
  };
  readonly resources: readonly InventoryResource[];
}
