import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type KubeLiteral, type TestApiServer, kubeconfigFor } from './kube-literal.ts';
import { temporaryFolder } from './repository.ts';
import { runProgram } from './run-program.ts';

/** A real API server over a real etcd. There are no controllers and no nodes: what is put stays as it is. */
export interface RealApiServer extends TestApiServer {
  /** A kubeconfig of the service account of our agent, which may do only what RBAC gives it. */
  readonly agentKubeconfig: string;
  readonly kubectl: (...words: readonly string[]) => Promise<string>;
}

const agentUser = 'system:serviceaccount:knowngood:knowngood-agent';

/** A kind of Argo CD without its schema; like the real ones it has no subresource for the status. */
const argoCrd = (kind: string, plural: string): KubeLiteral => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.argoproj.io` },
  spec: {
    group: 'argoproj.io',
    scope: 'Namespaced',
    names: { kind, plural, singular: kind.toLowerCase() },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
});

/** Starts one from a folder with `etcd`, `kube-apiserver` and `kubectl`, as envtest arranges them. */
export async function startKubeApiserver(assets: string): Promise<RealApiServer> {
  const folder = temporaryFolder('kube-apiserver');
  const [clientPort, peerPort, securePort] = await freePorts(3);
  const etcd = run(join(assets, 'etcd'), [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=http://127.0.0.1:${clientPort}`,
    `--advertise-client-urls=http://127.0.0.1:${clientPort}`,
    `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
    '--unsafe-no-fsync',
  ]);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(`${folder}/sa.key`, privateKey.export({ type: 'pkcs1', format: 'pem' }));
  writeFileSync(`${folder}/tokens.csv`, `admin,admin,admin,"system:masters"\nagent,${agentUser},agent\n`);
  const server = run(join(assets, 'kube-apiserver'), [
    `--etcd-servers=http://127.0.0.1:${clientPort}`,
    `--secure-port=${securePort}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${folder}/certs`,
    `--token-auth-file=${folder}/tokens.csv`,
    `--service-account-key-file=${folder}/sa.key`,
    `--service-account-signing-key-file=${folder}/sa.key`,
    '--service-account-issuer=https://127.0.0.1/',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
  ]);
  const address = `https://127.0.0.1:${securePort}`;
  await untilReady(server, `${folder}/certs/apiserver.crt`, address);
  const cluster = { server: address, 'certificate-authority': `${folder}/certs/apiserver.crt` };
  const kubeconfig = kubeconfigFor(cluster, { token: 'admin' });
  const kubectl = kubectlOf(join(assets, 'kubectl'), kubeconfig);
  const put = putter(kubectl, folder);
  for (const [kind, plural] of [
    ['Application', 'applications'],
    ['AppProject', 'appprojects'],
  ] as const) {
    await put(argoCrd(kind, plural));
    await kubectl('wait', '--for=condition=Established', `crd/${plural}.argoproj.io`, '--timeout=30s');
  }
  return {
    kubeconfig,
    agentKubeconfig: kubeconfigFor(cluster, { token: 'agent' }),
    kubectl,
    put,
    [Symbol.asyncDispose]: async () => {
      for (const child of [server, etcd]) await end(child);
    },
  };
}

/** As an administrator would have it: the namespace comes first, and the status last. */
function putter(kubectl: RealApiServer['kubectl'], folder: string): TestApiServer['put'] {
  const made = new Set(['default']);
  let files = 0;
  const apply = async (object: KubeLiteral, ...words: readonly string[]): Promise<void> => {
    const file = join(folder, `object-${(files += 1)}.json`);
    writeFileSync(file, JSON.stringify(object));
    await kubectl(
      'apply',
      '--server-side',
      '--force-conflicts',
      '--field-manager=argocd-controller',
      ...words,
      '-f',
      file,
    );
  };
  return async (object) => {
    const { namespace = 'default' } = object.metadata;
    if (!made.has(namespace)) {
      await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      made.add(namespace);
    }
    await apply(object);
    if ('status' in object && object.kind !== 'Application') await apply(object, '--subresource=status');
  };
}

const kubectlOf =
  (program: string, kubeconfig: string): RealApiServer['kubectl'] =>
  async (...words) => {
    const { code, stdout, stderr } = await runProgram(program, ['--kubeconfig', kubeconfig, ...words], {
      env: { HOME: temporaryFolder('kubectl') },
    });
    if (code !== 0) throw new Error(`kubectl ${words.join(' ')}: ${stderr}`);
    return stdout;
  };

function run(program: string, words: readonly string[]): ChildProcess & { said?: string } {
  const child: ChildProcess & { said?: string } = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.on(
    'data',
    (chunk: Buffer) => (child.said = `${child.said ?? ''}${String(chunk)}`.slice(-4000)),
  );
  const killWithUs = (): boolean => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  return child;
}

async function untilReady(
  server: ChildProcess & { said?: string },
  crt: string,
  address: string,
): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`kube-apiserver ended: ${server.said}`);
    try {
      readFileSync(crt);
      const { code } = await runProgram('curl', ['-sfm', '5', '--cacert', crt, `${address}/readyz`]);
      if (code === 0) return;
    } catch {
      // Its certificate is not written yet.
    }
    await setTimeout(100);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = globalThis.setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(late);
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports: number[] = [];
  for (const server of servers) {
    if (!server.listening) await once(server, 'listening');
    const address = server.address();
    ports.push(typeof address === 'object' && address ? address.port : 0);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
