import { z } from 'zod';
import { hazard } from './plan.ts';
import { digest } from './primitives.ts';

const renderedObject = z
  .object({
    change: z.enum(['added', 'changed', 'removed']),
    apiVersion: z.string(),
    kind: z.string(),
    namespace: z.string().nullable().describe('null where the object does not say one.'),
    name: z.string(),
    before: z.string().nullable().describe('YAML; null when there is no such object, or it is hidden.'),
    after: z.string().nullable().describe('Data of Secrets is masked.'),
    hidden: z.boolean().describe('Too long to be shown.'),
  })
  .meta({ id: 'RenderedObject' });

const missingLayer = z
  .object({
    layer: z.enum(['kustomize', 'helm', 'chart', 'source']),
    of: z.enum(['present', 'target', 'both']).describe('Which state cannot be rendered.'),
    reason: z.string(),
    at: z.object({ file: z.string(), line: z.int() }).nullable(),
  })
  .meta({ id: 'MissingLayer' });

/** What a change does to Kubernetes objects, service by service, or which layer is missing to say so. */
export const rendered = z
  .object({
    digest: digest.describe(
      'Of the plan that was rendered; another than that of the preview means: look again.',
    ),
    tools: z.array(
      z.object({ name: z.enum(['kustomize', 'kubectl kustomize', 'helm']), version: z.string() }),
    ),
    services: z.array(
      z.object({
        tenant: z.string(),
        environment: z.string(),
        service: z.string(),
        objects: z.array(renderedObject),
        unchanged: z.int(),
        missing: z.array(missingLayer),
        hazards: z.array(hazard),
      }),
    ),
    leftOut: z.array(z.string()).describe('Services that were not rendered: too many, or time was up.'),
  })
  .meta({ id: 'Rendered' });
export type Rendered = z.infer<typeof rendered>;
