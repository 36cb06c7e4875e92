/**
 * `agent.v1`: what cluster agents and the hub say to each other, over gRPC with JSON in its frames (content type
 * `application/grpc+json`). Other programs speak it too, so no name here may change.
 */
export const agentService = 'agent.v1.AgentHub';

/** Paths of the calls: `register` is unary, `connect` a stream in both directions. */
export const agentMethods = {
  register: `/${agentService}/Register`,
  connect: `/${agentService}/Connect`,
} as const;

/** The codec, as gRPC names it in the content type. */
export const agentCodec = 'json';

/** The header that carries `Bearer` and a token: to register the registration token, to connect the agent's own. */
export const agentAuthorization = 'authorization';

/** How a token begins: 64 hexadecimal digits follow. */
export const agentTokenPrefixes = { registration: 'ghqa_reg_', agent: 'ghqa_' } as const;

/** Bytes of one message that the hub takes; a longer one ends the call with RESOURCE_EXHAUSTED. */
export const largestAgentMessage = 16 * 1024 * 1024;

/** An agent may ask over HTTP/2 this often whether the hub is still there, also without a stream. */
export const agentPingSeconds = 5;
