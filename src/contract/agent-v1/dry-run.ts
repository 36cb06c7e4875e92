import { z } from 'zod';
import { wireCount, wireFlag, wireList, wireProse, wireText } from './wire-parts.ts';

/** Characters of all objects of one `dryRunObjects` together, as JSON; twice as many bytes fit into a message. */
export const longestObjects = 400_000;
/** Objects of one `dryRunObjects`. */
export const mostObjects = 100;

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
