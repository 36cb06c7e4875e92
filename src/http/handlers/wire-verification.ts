import type { ClusterNote } from '../../app/verification/cluster-notes.ts';
import type { VerificationView } from '../../app/verification/view-verification.ts';
import type { Preview } from '../../contract/plan.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';
import type { Verification } from '../../contract/verification.ts';

/** A verification with its evidence, or null where there is none. */
export const wireVerification = (view: VerificationView | undefined): Verification | null =>
  view === undefined
    ? null
    : {
        state: view.state,
        reason: view.reason,
        bound: view.bound,
        changedAt: wireTime(view.changedAt),
        healthySince: wireTimeOrNull(view.healthySince),
        verifiedAt: wireTimeOrNull(view.verifiedAt),
        settleSeconds: view.settle / 1000,
        closed: view.closed,
        applications: view.applications.map(wireEvidence),
        checklist: view.checklist.map((item) => ({ ...item })),
      };

const wireEvidence = (
  evidence: VerificationView['applications'][number],
): Verification['applications'][number] => ({
  cluster: { id: evidence.clusterId, name: evidence.clusterName, state: evidence.presence },
  namespace: evidence.namespace,
  name: evidence.name,
  stage: evidence.stage,
  reason: evidence.reason,
  liveRevision: evidence.liveRevision,
  runs: evidence.relation,
  syncStatus: evidence.syncStatus,
  healthStatus: evidence.healthStatus,
  findings: evidence.findings,
  images: wireImages(evidence),
  reportedAt: wireTime(evidence.reportedAt),
  reconciledAt: wireTimeOrNull(evidence.reconciledAt),
  obstacles: evidence.obstacles.map((obstacle) => ({ ...obstacle })),
});

/** Verdicts that were kept before images were looked at have none. */
const wireImages = ({
  images = null,
}: Partial<
  Pick<VerificationView['applications'][number], 'images'>
>): Verification['applications'][number]['images'] =>
  images && { compared: images.compared, others: images.others.map((other) => ({ ...other })) };

export const wireClusterNote = (note: ClusterNote): Preview['clusterNotes'][number] => ({
  kind: note.kind,
  cluster: note.cluster,
  application: note.application ?? null,
  text: note.text,
});
