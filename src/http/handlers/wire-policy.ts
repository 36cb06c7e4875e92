import type { ResultOf } from '../../contract/operations.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { EnvironmentPolicy } from '../../domain/policy/policy.ts';
import type { PolicyView } from '../../app/policies/get-policy.ts';
import { wireAccount } from './wire-person.ts';

type Wire = ResultOf<'getPolicy'>;

/** A policy with lists that the wire may own. */
export const wirePolicy = (of: EnvironmentPolicy): Wire['policy'] => ({
  ...of,
  eligible: of.eligible.map(({ people, groups }) => ({ people: [...people], groups: [...groups] })),
  breakGlass: { ...of.breakGlass, roles: [...of.breakGlass.roles] },
  freezeWindows: of.freezeWindows.map((window) => ({ ...window })),
});

export const wirePolicyVersion = (view: PolicyView): Wire => ({
  project: view.project,
  environment: view.environment,
  version: view.version,
  policy: wirePolicy(view.policy),
  changedBy: view.changer ? wireAccount({ ...view.changer, kind: 'person' }) : null,
  changedAt: view.version === 0 ? null : wireTime(view.changedAt),
});
