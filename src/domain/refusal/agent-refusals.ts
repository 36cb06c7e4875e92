import type { RefusalRow } from './refusal-row.ts';

/** Running the agent of a cluster. */
export const agentRefusals = {
  agent_hub_required: {
    kind: 'usage',
    message: 'no hub named; give the address of its agent port with --hub HOST:PORT',
  },
  agent_registration_required: {
    kind: 'usage',
    message:
      'this agent has no token in {path} yet; add the cluster to the hub and give the token that it shows in KNOWNGOOD_AGENT_REGISTRATION_TOKEN',
  },
  agent_registration_refused: {
    kind: 'unauthenticated',
    message:
      'the hub at {hub} does not accept the registration token ({reason}); one is good once and for an hour, make a new one',
  },
  agent_token_unusable: {
    kind: 'unavailable',
    message: 'cannot keep the token of this agent in {path}: {reason}',
  },
  kubeconfig_required: {
    kind: 'usage',
    message: 'this is no pod of a cluster; name a kubeconfig with --kubeconfig',
  },
  kubeconfig_unusable: { kind: 'usage', message: 'cannot use {path}: {reason}' },
  kubeconfig_program: {
    kind: 'usage',
    message:
      'user {user} of {path} signs in by running a program, which this agent never does; make a kubeconfig with a token of its service account',
  },
} as const satisfies Record<string, RefusalRow>;
