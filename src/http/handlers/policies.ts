import type { policyOperations } from '../../contract/operations/policies.ts';
import type { Hub } from '../../app/hub.ts';
import { changePolicy } from '../../app/policies/change-policy.ts';
import { getPolicy, listPolicies } from '../../app/policies/get-policy.ts';
import type { HandlersOf } from '../handler.ts';
import { wirePolicyVersion } from './wire-policy.ts';

/** Operations on the policies of environments. */
export const policyHandlers = (hub: Hub): HandlersOf<typeof policyOperations> => ({
  listPolicies: async ({ actor, params }) => ({
    items: (await listPolicies(hub, actor, params)).map(wirePolicyVersion),
  }),
  getPolicy: async ({ actor, params, query }) =>
    wirePolicyVersion(await getPolicy(hub, actor, { ...params, version: query.version })),
  changePolicy: async ({ actor, params, body }) => {
    const { policy, version } = body;
    return wirePolicyVersion(await changePolicy(hub, actor, { ...params, policy, version }));
  },
});
