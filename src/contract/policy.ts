import { z } from 'zod';
import { nudges } from '../domain/policy/policy.ts';
import { personRef, timestamp } from './primitives.ts';

const clockTime = z
  .string()
  .regex(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]\d|2[0-3]):[0-5]\d$/, 'must look like "Fri 16:00"');
const offset = z.string().regex(/^(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/, 'must look like "+02:00"');
const moment = z.iso.datetime({ offset: true });
const windowName = z.string().min(1).max(100);

/** A time in which nothing is executed. The start belongs to it, the end does not. */
export const freezeWindow = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('weekly'),
      name: windowName,
      from: clockTime,
      to: clockTime,
      offset,
    }),
    z.strictObject({ kind: z.literal('single'), name: windowName, from: moment, to: moment }),
  ])
  .meta({ id: 'FreezeWindow' });

const names = z.array(z.string().min(1).max(254)).max(100);

/** What one environment asks for before a change of it is carried out. */
export const policy = z
  .strictObject({
    approvals: z.int().min(0).max(20),
    eligible: z
      .array(z.strictObject({ people: names, groups: names }))
      .max(10)
      .describe('An approver has to be in every one of these sets; with none, whoever may approve counts.'),
    selfApproval: z.boolean().describe('The requester’s own approval counts.'),
    execution: z.enum(['automatic', 'manual']),
    expiryHours: z
      .int()
      .min(1)
      .max(24 * 90),
    breakGlass: z.strictObject({
      roles: z.array(z.enum(['admin', 'owner'])).max(2),
      minutes: z.int().min(1).max(60),
      reviewDays: z.int().min(1).max(90),
    }),
    freezeWindows: z.array(freezeWindow).max(50),
    rollbackExempt: z.boolean().describe('Rollbacks run in a freeze too, and are flagged.'),
    pushProtection: z.boolean(),
    sharedPushProtection: z.boolean(),
    changerWaitHours: z
      .int()
      .min(0)
      .max(24 * 30),
    nudge: z
      .enum(nudges)
      .describe(
        'What agents of clusters are asked for after a commit: nothing; `refresh`, that Argo CD looks at Git at once; `sync`, that it syncs too where it does not by itself.',
      ),
  })
  .meta({ id: 'Policy' });

/** A policy with its version; version 0 is the default. Without the right to see members, nobody is named. */
export const policyVersion = z
  .object({
    project: z.string(),
    environment: z.string(),
    version: z.int(),
    policy,
    changedBy: personRef.nullable(),
    changedAt: timestamp.nullable(),
  })
  .meta({ id: 'PolicyVersion' });

/** The whole new policy. `version`, when given, must be the present one: two editors cannot overwrite each other. */
export const policyInput = z
  .strictObject({ policy, version: z.int().min(0).optional() })
  .meta({ id: 'PolicyInput' });
