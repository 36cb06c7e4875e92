import { Refusal } from '../domain/refusal/refusal.ts';
import type { AgentParts } from './agent-parts.ts';
import { type HubAddress, type HubLink, LinkError, openHubLink } from './hub-link.ts';
import { talk } from './talk.ts';
import type { TokenFile } from './token-file.ts';
import { isOver, pause } from './wait.ts';

/** An agent at work. */
export interface AgentOptions extends Omit<AgentParts, 'saveToken' | 'results'> {
  readonly hub: HubAddress;
  readonly token: TokenFile;
  /** Good once, for the first start. */
  readonly registrationToken: string | undefined;
  readonly cluster: {
    readonly name: string;
    readonly provider: string;
    readonly region: string;
    readonly environment: string;
  };
  /** Seconds between reports until the hub says otherwise. */
  readonly intervalSeconds: number;
  /** Milliseconds before the first new attempt, and at most. */
  readonly backoff: { readonly first: number; readonly most: number };
}

/** Seconds between reports unless somebody says otherwise. */
export const usualInterval = 30;
/** Milliseconds; the wait doubles with each attempt that fails. */
export const usualBackoff = { first: 1000, most: 60_000 } as const;

/**
 * Registers where it has not yet, and then reports and obeys until the signal, through every loss of the connection.
 * Throws `agent_registration_required` or `agent_registration_refused` at a first start, `agent_token_unusable` always.
 */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const { token, log, backoff, clock } = options;
  const parts: AgentParts = { ...options, saveToken: token.save, results: new Map() };
  const state = { clusterId: '', intervalSeconds: options.intervalSeconds, refused: false };
  for (let failures = 0; !isOver(signal); failures += 1) {
    const link = openHubLink(options.hub);
    const began = clock();
    try {
      const stream = link.connect(await enter(options, link, state));
      await talk(parts, stream, { ...state, signal });
      if (!isOver(signal)) log.info('the hub has closed the connection');
    } catch (error) {
      if (error instanceof Refusal) throw error;
      state.refused = error instanceof LinkError && error.unauthenticated;
      if (!isOver(signal)) log.error('not connected to the hub', error);
    } finally {
      link.close();
    }
    if (clock() - began > backoff.most) failures = 0;
    await pause(Math.min(backoff.most, backoff.first * 2 ** failures), signal);
  }
}

interface State {
  clusterId: string;
  intervalSeconds: number;
  /** The hub did not know the token that it was shown last. */
  refused: boolean;
}

/** The token to show: the one that is kept, or a new one against the registration token. */
async function enter(options: AgentOptions, link: HubLink, state: State): Promise<string> {
  const { token, registrationToken, log, hub } = options;
  const kept = token.read();
  if (kept !== undefined && !(state.refused && registrationToken !== undefined)) return kept;
  if (registrationToken === undefined) throw new Refusal('agent_registration_required', { path: token.path });
  // A registration token is good once: it is not spent before what comes for it can be kept.
  if (kept === undefined) await token.save('');
  try {
    const registered = await link.register({ registrationToken, cluster: await factsOf(options) });
    await token.save(registered.token);
    state.clusterId = registered.clusterId;
    if (registered.intervalSeconds > 0) state.intervalSeconds = registered.intervalSeconds;
    log.info('registered at the hub', { clusterId: registered.clusterId });
    return registered.token;
  } catch (error) {
    if (!(error instanceof LinkError && error.unauthenticated)) throw error;
    if (kept === undefined)
      throw new Refusal('agent_registration_refused', { hub: hub.address, reason: error.message });
    // Spent long ago, most likely. What is kept may be good again when the hub is.
    return kept;
  }
}

async function factsOf({ cluster, capabilities, version, view, log }: AgentOptions) {
  const kubernetesVersion = await view.kubernetesVersion().catch((error: unknown) => {
    log.error('cannot read the version of the cluster', error);
    return '';
  });
  return { ...cluster, agentVersion: version, kubernetesVersion, capabilities: [...capabilities] };
}
