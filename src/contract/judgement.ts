import { z } from 'zod';
import { goodnesses } from '../domain/deployment/known-good.ts';
import { limited, segment, sha, timestamp } from './primitives.ts';

const mark = z.enum(['good', 'bad', 'none']);

export const markInput = z
  .strictObject({
    tenant: segment,
    environment: segment,
    mark: mark.describe('`none` takes an earlier mark back.'),
    reason: limited('comment').nullish(),
  })
  .meta({
    id: 'MarkInput',
    examples: [{ tenant: 'acme', environment: 'production', mark: 'bad', reason: 'slow checkout' }],
  });

/** A person's word on a deployment; the last one counts. */
export const deploymentMark = z
  .object({
    revision: sha,
    tenant: z.string(),
    environment: z.string(),
    mark,
    reason: z.string(),
    by: z.string(),
    at: timestamp,
  })
  .meta({ id: 'DeploymentMark' });

/** Whether a deployment is known to have worked. */
export const knownGood = z
  .object({
    standing: z.enum(goodnesses).describe('`soaking`: well so far. `unknown`: nobody reported how it was.'),
    reason: z.string(),
    health: z
      .object({
        best: z.string(),
        worst: z.string(),
        last: z.string(),
        minutesHealthy: z.int(),
        firstSeenAt: timestamp,
        lastSeenAt: timestamp,
      })
      .nullable(),
    mark: z
      .object({ mark: z.enum(['good', 'bad']), by: z.string(), reason: z.string(), at: timestamp })
      .nullable(),
  })
  .meta({ id: 'KnownGood' });

const labels = z.record(z.string().max(200), z.string().max(1_000));
const moment = z.string().max(64);

/** What Alertmanager posts; what else it holds is not looked at. */
export const signalsInput = z
  .object({
    alerts: z
      .array(
        z.object({
          status: z.enum(['firing', 'resolved']),
          labels,
          annotations: labels.optional(),
          startsAt: moment,
          endsAt: moment.optional(),
          fingerprint: z.string().max(200).optional(),
        }),
      )
      .max(1_000),
    commonLabels: labels.optional(),
  })
  .meta({
    id: 'SignalsInput',
    examples: [
      {
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'HighErrorRate', tenant: 'acme', environment: 'production' },
            annotations: { summary: 'checkout answers 500' },
            startsAt: '2026-11-20T14:02:00Z',
          },
        ],
      },
    ],
  });

export const signalsReceived = z
  .object({
    received: z.int(),
    ignored: z.int().describe('Without a tenant and an environment in their labels.'),
  })
  .meta({ id: 'SignalsReceived' });
