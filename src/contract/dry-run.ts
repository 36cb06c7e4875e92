import { z } from 'zod';
import { digest } from './primitives.ts';

const dryRunObject = z
  .object({
    service: z.string(),
    apiVersion: z.string(),
    kind: z.string(),
    namespace: z.string().nullable().describe('null where the object does not say one.'),
    name: z.string(),
    outcome: z
      .enum(['same', 'created', 'changed', 'refused', 'unasked'])
      .describe('unasked: nothing is known, and words says why.'),
    words: z.string().describe('Of the API server where it refuses.'),
    fields: z
      .array(
        z.object({
          address: z.string(),
          wanted: z.string().describe('none where it is not wanted any more; empty of a secret.'),
          live: z.string(),
          secret: z.boolean(),
        }),
      )
      .describe('Fields of ours that would change; what autoscalers and defaults set is none.'),
    more: z.int().describe('How many fields more there are.'),
  })
  .meta({ id: 'DryRunObject' });

const missingDryRun = z.object({
  layer: z.enum(['rendering', 'cluster', 'agent', 'role']),
  reason: z.string(),
});

/** What the API servers of clusters would say to the objects of a plan, or what is missing to ask. */
export const serverDryRun = z
  .object({
    digest: digest.describe(
      'Of the plan that was asked about; another than that of the preview means: look again.',
    ),
    clusters: z.array(
      z.object({
        cluster: z.string(),
        application: z.string(),
        missing: missingDryRun.nullable(),
        objects: z.array(dryRunObject),
      }),
    ),
    missing: z
      .array(missingDryRun.extend({ service: z.string() }))
      .describe('Services that no cluster could be asked about.'),
    leftOut: z.array(z.string()).describe('What was not asked about: too many, too long, or time was up.'),
  })
  .meta({ id: 'ServerDryRun' });
export type WireDryRun = z.infer<typeof serverDryRun>;
