import { z } from 'zod';
import { wireCapabilities, wireCount, wireName, wireTexts } from './wire-parts.ts';

/** What an agent says of its cluster when it registers. */
export const clusterFacts = z.object({
  name: wireName,
  displayName: wireName,
  provider: wireName,
  region: wireName,
  environment: wireName,
  agentVersion: wireName,
  kubernetesVersion: wireName,
  capabilities: wireCapabilities,
  metadata: wireTexts,
});
export type ClusterFacts = z.output<typeof clusterFacts>;

/** `Register`: asks for a token of its own. The registration token stands in the header as well. */
export const registerRequest = z.object({ registrationToken: wireName, cluster: clusterFacts });
export type RegisterRequest = z.input<typeof registerRequest>;

/** The answer: from now on the agent shows `agentToken`. */
export const registerResponse = z.object({
  agentToken: wireName,
  clusterId: wireName,
  statusIntervalSeconds: wireCount,
});
export type RegisterResponse = z.output<typeof registerResponse>;
