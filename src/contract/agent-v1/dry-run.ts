import { z } from 'zod';
import { mostObjects } from '../../domain/dry-run/server-dry-run.ts';
import { wireCount, wireFlag, wireList, wireProse, wireText } from './wire-parts.ts';

const field = z.object({
  address: wireText(4_000),
  /** As text; empty where the field is not wanted any more. Both are left out of a secret. */
  wanted: wireProse,
  live: wireProse,
  secret: wireFlag,
});

/**
 * What an agent answers to `dryRunObjects`, as `result`: one for each object, in their order. `unasked`: nothing is
 * known, and `words` says why; `refused`: `words` are those of the API server.
 */
export const dryRunResult = z.object({
  objects: z
    .array(
      z.object({
        outcome: z.enum(['same', 'created', 'changed', 'refused', 'unasked']),
        words: wireProse,
        fields: wireList(field, 100),
        /** How many fields more there are. */
        more: wireCount,
      }),
    )
    .max(mostObjects),
});
export type DryRunResult = z.output<typeof dryRunResult>;
export type SentDryRun = z.input<typeof dryRunResult>['objects'][number];
