import type { Hub } from '../app/hub.ts';
import { registerAgent } from '../app/clusters/register-agent.ts';
import { type RegisterResponse, registerRequest } from '../contract/agent-v1/register.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Frame } from './json-codec.ts';

/** How often an agent is to report. */
export const statusIntervalSeconds = 15;

/** `Register`: a registration token for a token of the agent's own. The token of the header wins over the body's. */
export async function answerRegister(hub: Hub, shown: string, frame: Frame): Promise<RegisterResponse> {
  if (!frame.ok) throw new Refusal('report_malformed', { reason: frame.reason });
  const read = registerRequest.safeParse(frame.value);
  if (!read.success)
    throw new Refusal('report_malformed', { reason: read.error.issues[0]?.message ?? 'no request' });
  const { registrationToken, cluster } = read.data;
  const { name: _name, metadata: _metadata, ...facts } = cluster;
  const registered = await registerAgent(hub, { secret: shown === '' ? registrationToken : shown, facts });
  return { agentToken: registered.secret, clusterId: registered.clusterId, statusIntervalSeconds };
}
