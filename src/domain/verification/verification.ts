import type { Application, DriftFinding } from '../cluster/application.ts';
import type { ClusterPresence } from '../cluster/cluster-presence.ts';
import type { ImageComparison } from './compare-images.ts';
import type { SyncObstacle } from './sync-obstacles.ts';

/**
 * How far a completed request came in its clusters. `unconfirmed`: not verified in time, or replaced before; `regressed`:
 * it was healthy and is not any more. The request itself stays completed.
 */
export const verificationStates = [
  'committed',
  'delivered',
  'synced',
  'healthy',
  'settled',
  'verified',
  'unconfirmed',
  'regressed',
] as const;
export type VerificationState = (typeof verificationStates)[number];

/**
 * What an Application runs, beside our commit: the same for the scope; something older; something newer that changed
 * the scope again; or a revision that the repository does not have.
 */
export type LiveRelation = 'same' | 'behind' | 'superseded' | 'unknown';

/** An Application of the scope as its cluster reported it last. Times are epoch milliseconds. */
export interface ObservedApplication {
  readonly cluster: { readonly id: string; readonly name: string; readonly presence: ClusterPresence };
  readonly application: Application;
  /** When this was so, at the latest by the hub's clock. */
  readonly reportedAt: number;
  readonly relation: LiveRelation;
  /** Drift of what the Application manages; undefined when the cluster never reported drift. */
  readonly drift: { readonly findings: readonly DriftFinding[]; readonly reportedAt: number } | undefined;
  /** Its running images beside those of the commit; undefined when none could be compared. */
  readonly images: (ImageComparison & { readonly reportedAt: number }) | undefined;
}

/** How far one Application is, and why it is no further. */
export type ApplicationStage = 'delivered' | 'synced' | 'healthy';

/** One Application as evidence: what was compared, and the outcome. */
export interface ApplicationEvidence {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly presence: ClusterPresence;
  readonly namespace: string;
  readonly name: string;
  readonly stage: ApplicationStage;
  /** Empty when nothing is missing. */
  readonly reason: string;
  readonly relation: LiveRelation;
  readonly liveRevision: string;
  readonly syncStatus: string;
  readonly healthStatus: string;
  readonly reportedAt: number;
  readonly reconciledAt: number | undefined;
  /** Null when drift was never reported. */
  readonly findings: number | null;
  /** Null when no running image was reported that the commit names. */
  readonly images: ImageComparison | null;
  readonly obstacles: readonly SyncObstacle[];
}

export interface Verification {
  readonly state: VerificationState;
  /** One sentence: what it waits for, or what happened. */
  readonly reason: string;
  /** False when no cluster is known to run what was changed. */
  readonly bound: boolean;
  readonly applications: readonly ApplicationEvidence[];
  /** Since when everything has been healthy without a break, as far as reports tell. */
  readonly healthySince: number | undefined;
  readonly verifiedAt: number | undefined;
  /** Nothing more can come of it. */
  readonly closed: boolean;
}
