import { z } from 'zod';
import { carriedKinds } from '../domain/plan/carried-kinds.ts';
import { showText } from './plan.ts';
import { digest, limited, segment } from './primitives.ts';

const mostFields = 500;
const mostFiles = 100;

const said = ({ value, text, remove }: { value?: unknown; text?: unknown; remove?: unknown }): number =>
  [value, text, remove].filter((one) => one !== undefined).length;

/** One field that a release sets. */
const fieldSetting = z
  .strictObject({
    service: segment.nullish().describe('null: a field of the tenant-environment itself.'),
    field: limited('field').min(1).describe('As people type it: `image.tag`, or `values.yaml#/level`.'),
    value: z.json().optional().describe('The value, as JSON has it.'),
    text: z
      .string()
      .max(65_536)
      .optional()
      .describe('The value as it was typed: text where the field holds text, else what YAML takes it for.'),
    remove: z.literal(true).optional().describe('The field goes.'),
  })
  .refine((setting) => said(setting) === 1, 'needs one of value, text or remove')
  .meta({ id: 'FieldSetting' });

const fileWriting = z
  .strictObject({
    path: z.string().min(1).max(1024),
    content: z.string().max(524_288).nullable().describe('The whole new text; null takes the file away.'),
  })
  .meta({ id: 'FileWriting' });

const releaseFields = {
  tenant: segment,
  environment: segment,
  fields: z.array(fieldSetting).max(mostFields).optional(),
  files: z.array(fileWriting).max(mostFiles).optional(),
  justification: limited('justification').nullish(),
};

export const releasePreviewInput = z
  .strictObject({ ...releaseFields, showText })
  .meta({ id: 'ReleasePreviewInput' });

export const releaseInput = z
  .strictObject({
    ...releaseFields,
    digest: digest.nullish().describe('The digest of the preview; another plan is refused with 409.'),
  })
  .meta({
    id: 'ReleaseInput',
    examples: [
      {
        tenant: 'acme',
        environment: 'production',
        fields: [{ service: 'api-gateway', field: 'image.tag', value: 'v2.1.1' }],
        justification: 'Fixes the cache of v2.1.0',
      },
    ],
  });

const promotionFields = {
  tenant: segment,
  from: segment.describe('The earlier environment.'),
  to: segment.describe('The later environment, by the order in knowngood.yaml.'),
  services: z
    .array(segment)
    .max(1_000)
    .optional()
    .describe('All that the earlier environment has, when none.'),
  carry: z.array(z.enum(carriedKinds)).optional().describe('What is carried of them; all of it, when none.'),
  keep: z.array(limited('field')).max(100).optional().describe('Patterns of what stays, besides the rule.'),
  justification: limited('justification').nullish(),
};

export const promotionPreviewInput = z
  .strictObject({ ...promotionFields, showText })
  .meta({ id: 'PromotionPreviewInput' });

export const promotionInput = z
  .strictObject({
    ...promotionFields,
    digest: digest.nullish().describe('The digest of the preview; another plan is refused with 409.'),
  })
  .meta({
    id: 'PromotionInput',
    examples: [
      {
        tenant: 'acme',
        from: 'staging',
        to: 'production',
        services: ['api-gateway'],
        justification: 'A week in staging without an incident',
      },
    ],
  });
