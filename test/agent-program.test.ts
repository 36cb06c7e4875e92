import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { firstToken, registrationToken, startAgentHub } from './kit/agent-hub.ts';
import { startFakeApiServer } from './kit/api-server.ts';
import { argoApplication } from './kit/cluster-objects.ts';
import { kubeconfigFor } from './kit/kube-literal.ts';
import { temporaryFolder } from './kit/repository.ts';
import { runCli } from './kit/run-cli.ts';

const program = join(import.meta.dirname, '../src/bin/cli.ts');

test('the program tells a hub of its cluster until a signal comes, and says no token', async () => {
  await using hub = await startAgentHub();
  await using server = await startFakeApiServer();
  await server.put(argoApplication('web'));
  const words = ['agent', '--hub', hub.address, '--plaintext', '--kubeconfig', server.kubeconfig];
  const child = spawn(process.execPath, [program, ...words, '--cluster', 'eu-west-1'], {
    cwd: temporaryFolder('agent-program'),
    env: { ...process.env, KNOWNGOOD_AGENT_REGISTRATION_TOKEN: registrationToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  expect(await hub.hear(({ kind }) => kind === 'argoApplicationStatus')).toMatchObject({
    applications: [{ name: 'web', healthStatus: 'Healthy' }],
  });
  expect(hub.registrations).toMatchObject([
    {
      cluster: {
        name: 'eu-west-1',
        kubernetesVersion: 'v1.33.0-fake',
        capabilities: ['observe', 'argocd.read', 'token.rotate'],
      },
    },
  ]);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  const [stdout, stderr] = await said;
  expect(stderr).toBe('');
  expect(stdout).not.toMatch(new RegExp(`${registrationToken}|${firstToken}`));
  expect(stdout.split('\n').map((line) => line && (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'starting',
    'registered at the hub',
    'stopped',
    '',
  ]);
});

test('a kubeconfig that would run a program ends the agent before it reaches anybody', async () => {
  const kubeconfig = kubeconfigFor({ server: 'https://127.0.0.1:1' }, { exec: { command: 'touch' } });
  const words = ['agent', '--hub', 'localhost:1', '--kubeconfig', kubeconfig];
  expect(await runCli(words)).toMatchObject({
    code: 2,
    stderr: `knowngood: user test of ${kubeconfig} signs in by running a program, which this agent never does; make a kubeconfig with a token of its service account\n`,
  });
});

test('outside of a cluster a kubeconfig has to be named', async () => {
  const { code, stderr } = await runCli(['agent', '--hub', 'localhost:1']);
  expect([code, stderr]).toEqual([
    2,
    'knowngood: this is no pod of a cluster; name a kubeconfig with --kubeconfig\n',
  ]);
});
