import * as fc from 'fast-check';
import { type EnvironmentPolicy, defaultPolicy, nudges } from './policy.ts';

/** The default policy, with some parts replaced. */
export const policyOf = (parts: Partial<EnvironmentPolicy> = {}): EnvironmentPolicy => ({
  ...defaultPolicy,
  ...parts,
});

const people = ['usr_a', 'usr_b', 'usr_c', 'usr_r'];
const window = { kind: 'weekly', name: 'weekend', from: 'Fri 16:00', to: 'Mon 08:00', offset: 'Z' } as const;
const night = {
  kind: 'weekly',
  name: 'night',
  from: 'Tue 22:00',
  to: 'Wed 06:00',
  offset: '+02:00',
} as const;

/** Policies of every strictness, over the people a to c and r, and the groups sre and dev. */
export const anyPolicy: fc.Arbitrary<EnvironmentPolicy> = fc.record({
  approvals: fc.integer({ min: 0, max: 3 }),
  eligible: fc.uniqueArray(fc.record({ people: fc.subarray(people), groups: fc.subarray(['sre', 'dev']) }), {
    maxLength: 2,
    selector: (set) => JSON.stringify(set),
  }),
  selfApproval: fc.boolean(),
  execution: fc.constantFrom('automatic' as const, 'manual' as const),
  expiryHours: fc.integer({ min: 1, max: 48 }),
  breakGlass: fc.record({
    roles: fc.subarray(['admin' as const, 'owner' as const]),
    minutes: fc.integer({ min: 1, max: 60 }),
    reviewDays: fc.integer({ min: 1, max: 9 }),
  }),
  freezeWindows: fc.subarray([window, night]),
  rollbackExempt: fc.boolean(),
  pushProtection: fc.boolean(),
  sharedPushProtection: fc.boolean(),
  changerWaitHours: fc.integer({ min: 0, max: 48 }),
  nudge: fc.constantFrom(...nudges),
});
