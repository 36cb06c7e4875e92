import { type Alert, receiveSignals } from '../../app/deployments/receive-signals.ts';
import type { DeploymentStanding } from '../../app/deployments/judge-deployments.ts';
import { markDeployment } from '../../app/deployments/mark-deployment.ts';
import type { Hub } from '../../app/hub.ts';
import type { BodyOf, ResultOf } from '../../contract/operations.ts';
import type { judgementOperations } from '../../contract/operations/judgements.ts';
import { wireTime } from '../../contract/primitives.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { DeploymentMark } from '../../app/deployments/mark-deployment.ts';
import type { HandlersOf } from '../handler.ts';

/** Marks and signals. */
export const judgementHandlers = (hub: Hub): HandlersOf<typeof judgementOperations> => ({
  markDeployment: async ({ actor, params, body }) =>
    wireMark(await markDeployment(hub, actor, { ...params, ...body })),
  receiveSignals: ({ actor, params, body }) =>
    receiveSignals(hub, actor, { slug: params.slug, alerts: alertsOf(body) }),
});

export const wireMark = (mark: DeploymentMark): ResultOf<'markDeployment'> => ({
  revision: mark.revision,
  tenant: mark.tenant,
  environment: mark.environment,
  mark: mark.mark,
  reason: mark.reason,
  by: mark.byName,
  at: wireTime(mark.at),
});

function momentOf(text: string): number {
  const moment = Date.parse(text);
  if (Number.isFinite(moment)) return moment;
  throw new Refusal('input_invalid', { reason: 'alerts: times have to be as RFC 3339 has them' });
}

const alertsOf = ({ alerts, commonLabels = {} }: BodyOf<'receiveSignals'>): readonly Alert[] =>
  alerts.map(({ status, labels, annotations = {}, startsAt, endsAt, fingerprint = '' }) => ({
    labels: { ...commonLabels, ...labels },
    summary: annotations['summary'] ?? annotations['description'] ?? '',
    fingerprint,
    startedAt: momentOf(startsAt),
    // Of one that goes on it says when it would be forgotten, or year one.
    endedAt: status === 'resolved' ? momentOf(endsAt ?? startsAt) : undefined,
  }));

/** How a deployment stands, beside its row. */
export const wireStanding = ({
  goodness,
  reason,
  health,
  mark,
}: DeploymentStanding): ResultOf<'listDeployments'>['items'][number]['knownGood'] => ({
  standing: goodness,
  reason,
  health: health
    ? {
        best: health.best,
        worst: health.worst,
        last: health.last,
        minutesHealthy: Math.floor(health.healthyMilliseconds / 60_000),
        firstSeenAt: wireTime(health.firstAt),
        lastSeenAt: wireTime(health.lastAt),
      }
    : null,
  mark: mark
    ? {
        mark: mark.mark === 'bad' ? 'bad' : 'good',
        by: mark.byName,
        reason: mark.reason,
        at: wireTime(mark.at),
      }
    : null,
});
