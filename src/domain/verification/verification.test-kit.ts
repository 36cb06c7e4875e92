import type { Application, DriftFinding } from '../cluster/application.ts';
import { applicationOf } from '../cluster/application.test-kit.ts';
import type { LiveRelation, ObservedApplication } from './verification.ts';

const finding: DriftFinding = {
  id: '1',
  severity: 'warning',
  scope: '',
  kind: '',
  namespace: '',
  name: '',
  summary: '',
  desiredVersion: '',
  liveVersion: '',
  detectedAt: undefined,
};

/** An Application that runs our tree and is well, but for what a test says. */
export function observedOf(
  said: Partial<Application> = {},
  of: {
    readonly relation?: LiveRelation;
    readonly presence?: ObservedApplication['cluster']['presence'];
    readonly findings?: readonly Partial<DriftFinding>[];
    readonly driftAt?: number;
    readonly reportedAt?: number;
    readonly images?: Partial<NonNullable<ObservedApplication['images']>>;
  } = {},
): ObservedApplication {
  const { relation = 'same', presence = 'connected', reportedAt = 0, driftAt = reportedAt } = of;
  const findings = of.findings?.map((each) => ({ ...finding, ...each }));
  return {
    cluster: { id: 'cls_1', name: 'eu-1', presence },
    application: applicationOf(said),
    reportedAt,
    relation,
    drift: findings && { findings, reportedAt: driftAt },
    images: of.images && { compared: 1, others: [], reportedAt, ...of.images },
  };
}
