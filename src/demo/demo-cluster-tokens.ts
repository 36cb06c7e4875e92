import type { TokenFile } from '../agent/token-file.ts';
import { createCluster } from '../app/clusters/create-cluster.ts';
import { createRegistrationToken } from '../app/clusters/registration-token.ts';
import type { Hub } from '../app/hub.ts';
import { createServiceAccount, serviceLogin } from '../app/people/create-service-account.ts';
import { createToken } from '../app/people/create-token.ts';
import type { Actor } from '../domain/people/actor.ts';
import { simulatedName } from './simulated-cluster.ts';
import { gatherCast } from './story-cast.ts';

/** What the simulated cluster keeps between two starts of the server. */
export interface DemoClusterTokens {
  /** Of its agent. */
  readonly agent: TokenFile;
  /** To read the repository. */
  readonly git: TokenFile;
}

/**
 * Sees to it that the hub has the simulated cluster and that it can read the shop. Answers a registration token where
 * its agent has no token yet; where all is there already nothing is changed.
 */
export async function prepareDemoCluster(hub: Hub, tokens: DemoClusterTokens): Promise<string | undefined> {
  const clusters = await hub.store.clusters.list({ limit: 200 });
  const known = clusters.find(({ name, simulated }) => simulated && name === simulatedName);
  const joined = known !== undefined && tokens.agent.read() !== undefined;
  if (joined && tokens.git.read() !== undefined) return undefined;
  const actAs = await gatherCast(hub);
  return actAs('admin', async (admin) => {
    if (tokens.git.read() === undefined) await tokens.git.save(await readerToken(hub, admin));
    if (joined) return undefined;
    if (known) return (await createRegistrationToken(hub, admin, known.id)).secret;
    return (await createCluster(hub, admin, { name: simulatedName, simulated: true })).token.secret;
  });
}

const reader = 'simulated-cluster';

/** As Argo CD is given one: it reads the repository and nothing else. */
async function readerToken(hub: Hub, admin: Actor): Promise<string> {
  const known = await hub.store.accounts.byLogin(serviceLogin(reader));
  const account = known ?? (await createServiceAccount(hub, admin, { name: reader, role: 'viewer' })).account;
  const wish = { name: 'git', scopes: ['read'], accountId: account.id, expiresInDays: 366 } as const;
  return (await createToken(hub, admin, wish)).secret;
}
