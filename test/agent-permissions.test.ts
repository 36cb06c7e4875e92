import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { openAgentServer } from '../src/agents/agent-server.ts';
import { createCluster } from '../src/app/clusters/create-cluster.ts';
import { registerAgent } from '../src/app/clusters/register-agent.ts';
import { noFacts } from '../src/domain/cluster/cluster.ts';
import { tokenScopes } from '../src/domain/people/actor.ts';
import { agentClient } from './kit/agent-client.ts';
import { hubServer, signedIn, withToken } from './kit/hub-server.ts';
import { makeHub, person } from './kit/hub.ts';
import { agentPermissions } from './kit/permission-table.ts';

/** `y` when a call goes well, 401 when the credential does not count there. */
const cellOf = (code: status): string =>
  code === status.OK ? 'y' : code === status.UNAUTHENTICATED ? '401' : `gRPC ${code}`;

test('at the door of agents only their own credentials count, and at the other they count nothing', async () => {
  await using hub = await makeHub();
  const admin = await person(hub, 'admin', { role: 'owner' });
  const server = await openAgentServer(hub, { host: '127.0.0.1', port: 0, onError: () => undefined });
  const agent = agentClient(server.port);
  const http = hubServer(hub);
  try {
    const made = async (name: string) => (await createCluster(hub, admin, { name })).token.secret;
    const { secret: own } = await registerAgent(hub, { secret: await made('a'), facts: noFacts });
    const session = (await signedIn(hub, admin)).cookie.replace(/^[^=]*=/, '');
    const token = (await withToken(hub, admin, tokenScopes)).authorization.replace('Bearer ', '');
    const shown = ['', session, token, await made('b'), own];
    const connect = async (secret: string): Promise<string> => {
      await using stream = agent.connect(secret);
      stream.send('{');
      const { code } = await stream.ended;
      return cellOf(code === status.INVALID_ARGUMENT ? status.OK : code);
    };
    const register = async (secret: string): Promise<string> =>
      agent.register(secret).then(
        () => 'y',
        (error: unknown) => cellOf((error as { code: status }).code),
      );
    const api = async (secret: string): Promise<string> => {
      const authorization = `Bearer ${secret}`;
      const answer = await http.fastify.inject({ url: '/api/v2/tokens', headers: { authorization } });
      return String(answer.statusCode);
    };
    const asked: Record<string, readonly string[]> = { Register: [], Connect: [], api: [] };
    asked['Connect'] = await Promise.all(shown.map(connect));
    asked['Register'] = await Promise.all(shown.map(register));
    const [nobody = '', , , registration = '', ofAgent = ''] = await Promise.all(shown.map(api));
    asked['api'] = [nobody, '-', '-', registration, ofAgent];
    expect(asked).toEqual(agentPermissions);
  } finally {
    agent.close();
    await server.stop();
    await http.stop();
  }
});
