import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { type RealApiServer, startKubeApiserver } from './kube-apiserver.ts';
import { type KubeLiteral, type TestApiServer, kubeconfigFor } from './kube-literal.ts';

/** A server of `node:http` that does as much of the API as our agent asks for. */
export interface FakeApiServer extends TestApiServer {
  /** Method and path of every request, with its query. */
  readonly asked: string[];
  /** Paths that begin so are answered 403. */
  readonly forbid: (prefix: string) => void;
  /** Ends every watch, as API servers do now and then. */
  readonly endWatches: () => void;
}

/** The kinds that the fake knows: what the API calls their collection, and whether they stand in namespaces. */
export const kinds: Readonly<Record<string, readonly [plural: string, namespaced: boolean]>> = {
  Namespace: ['namespaces', false],
  Node: ['nodes', false],
  Pod: ['pods', true],
  ConfigMap: ['configmaps', true],
  Deployment: ['deployments', true],
  StatefulSet: ['statefulsets', true],
  DaemonSet: ['daemonsets', true],
  HorizontalPodAutoscaler: ['horizontalpodautoscalers', true],
  Application: ['applications', true],
  AppProject: ['appprojects', true],
  Kustomization: ['kustomizations', true],
  HelmRelease: ['helmreleases', true],
  GitRepository: ['gitrepositories', true],
};

/** The path of an object in the API. */
export function pathOf({ apiVersion, kind, metadata }: KubeLiteral): string {
  const [plural = '', namespaced = true] = kinds[kind] ?? [];
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : ''}/${plural}/${metadata.name}`;
}

type Held = KubeLiteral & { metadata: Record<string, unknown> };

interface State {
  readonly objects: Map<string, Held>;
  readonly watches: Map<ServerResponse, string>;
  readonly forbidden: string[];
  version: number;
}

/** Starts an empty fake. Collections without objects are known where `crds` is true, as in a cluster with all of them. */
export async function startFakeApiServer(): Promise<FakeApiServer> {
  const state: State = { objects: new Map(), watches: new Map(), forbidden: [], version: 1 };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void answer(state, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const endWatches = (): void => {
    for (const response of state.watches.keys()) response.end();
  };
  return {
    kubeconfig: kubeconfigFor({ server: `http://127.0.0.1:${port}` }, { token: 'admin' }),
    asked,
    endWatches,
    forbid: (prefix) => void state.forbidden.push(prefix),
    put: async (object) => {
      save(state, pathOf(object), structuredClone(object));
      // As with a real one, others have their turn meanwhile.
      await setImmediate();
    },
    [Symbol.asyncDispose]: async () => {
      endWatches();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function save(state: State, path: string, object: Held): Held {
  const before = state.objects.get(path);
  state.version += 1;
  object.metadata['resourceVersion'] = String(state.version);
  state.objects.set(path, object);
  const event = JSON.stringify({ type: before ? 'MODIFIED' : 'ADDED', object });
  for (const [response, prefix] of state.watches) if (isIn(path, prefix)) response.write(`${event}\n`);
  return object;
}

/** `/apis/g/v/things` holds `/apis/g/v/namespaces/n/things/x`, too. */
const isIn = (path: string, collection: string): boolean =>
  path.startsWith(`${collection}/`) ||
  path.replace(/\/namespaces\/[^/]+(?=\/[^/]+\/)/, '').startsWith(`${collection}/`);

const say = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const refuse = (response: ServerResponse, code: number, message: string): void =>
  say(response, code, { kind: 'Status', status: 'Failure', code, message });

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', 'http://cluster');
  const path = decodeURIComponent(url.pathname);
  const body = await text(request);
  if (request.headers.authorization !== 'Bearer admin') return refuse(response, 401, 'Unauthorized');
  if (state.forbidden.some((prefix) => path.startsWith(prefix)))
    return refuse(response, 403, `forbidden: cannot reach ${path}`);
  if (path === '/version') return say(response, 200, { gitVersion: 'v1.33.0-fake' });
  if (/^\/(api|apis\/[^/]+)\/[^/]+$/.test(path)) return discover(response, path);
  const object = state.objects.get(path);
  if (request.method === 'PATCH') return patch(state, { request, response, url, body, object });
  if (object) return say(response, 200, object);
  const plural = path.split('/').at(-1);
  if (!Object.values(kinds).some(([known]) => known === plural)) return refuse(response, 404, 'not found');
  if (url.searchParams.get('watch')) {
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    state.watches.set(response, path);
    response.on('close', () => state.watches.delete(response));
    return;
  }
  listPage(state, { response, url, path });
}

function discover(response: ServerResponse, path: string): void {
  const resources = Object.entries(kinds).flatMap(([kind, [name, namespaced]]) => [
    { kind, name, namespaced },
    { kind: 'Scale', name: `${name}/scale`, namespaced },
  ]);
  say(response, 200, { kind: 'APIResourceList', groupVersion: path.replace(/^\/apis?\//, ''), resources });
}

function listPage(
  state: State,
  { response, url, path }: { readonly response: ServerResponse; readonly url: URL; readonly path: string },
): void {
  const all = [...state.objects].filter(([at]) => isIn(at, path)).map(([, object]) => object);
  const from = Number(url.searchParams.get('continue') ?? 0);
  const to = from + Number(url.searchParams.get('limit') ?? all.length);
  const left = all.length - to;
  const metadata = {
    resourceVersion: String(state.version),
    ...(left > 0 ? { continue: String(to), remainingItemCount: left } : {}),
  };
  say(response, 200, { kind: 'List', metadata, items: all.slice(from, to) });
}

interface PatchCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: string;
  readonly object: Held | undefined;
}

function patch(state: State, { request, response, url, body, object: found }: PatchCall): void {
  const change = JSON.parse(body) as Held;
  const isApply = request.headers['content-type'] === 'application/apply-patch+yaml';
  // What is applied is made where it is not there.
  const object = found ?? (isApply ? { ...change, metadata: { ...change.metadata } } : undefined);
  if (!object) return refuse(response, 404, 'not found');
  const fault = faultOf(change);
  if (fault !== undefined)
    return refuse(response, 422, `${change.kind} "${change.metadata.name}" is invalid: ${fault}`);
  const wanted = (change.metadata as Held['metadata'] | undefined)?.['resourceVersion'];
  if (wanted !== undefined && wanted !== object.metadata['resourceVersion'])
    return refuse(response, 409, 'the object has been modified');
  const merged = merge(object, change) as Held;
  if (isApply) {
    const manager = url.searchParams.get('fieldManager');
    const fieldsV1 = fieldSet({ ...change, apiVersion: undefined, kind: undefined });
    merged.metadata['managedFields'] = [{ manager, operation: 'Apply', fieldsV1 }];
  }
  const dry = url.searchParams.get('dryRun') === 'All';
  say(response, 200, dry ? merged : save(state, pathOf(object), merged));
}

/** As much of what a real one refuses as tests need. */
function faultOf({ metadata, spec }: Held & { readonly spec?: unknown }): string | undefined {
  const labels = (metadata as { readonly labels?: Readonly<Record<string, string>> } | undefined)?.labels;
  const label = Object.values(labels ?? {}).find((value) => value.includes(' '));
  if (label !== undefined) return `metadata.labels: Invalid value: "${label}"`;
  const { replicas } = (spec ?? {}) as { readonly replicas?: number };
  return replicas !== undefined && replicas < 0
    ? `spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`
    : undefined;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists whose items have names are merged by them, as those of containers and variables are. */
const isNamed = (value: unknown): value is { name: string }[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && 'name' in item);

function merge(into: unknown, change: unknown): unknown {
  if (isNamed(into) && isNamed(change)) {
    const merged = into.map((item) => merge(item, change.find(({ name }) => name === item.name) ?? {}));
    return [...merged, ...change.filter(({ name }) => !into.some((item) => item.name === name))];
  }
  if (!isMap(into) || !isMap(change)) return structuredClone(change);
  const merged = structuredClone(into);
  for (const [key, value] of Object.entries(change))
    if (value !== undefined) merged[key] = value === null ? undefined : merge(merged[key], value);
  return merged;
}

function fieldSet(value: unknown): object {
  if (isNamed(value))
    return Object.fromEntries(
      value.map((item) => [`k:${JSON.stringify({ name: item.name })}`, { '.': {}, ...fieldSet(item) }]),
    );
  if (!isMap(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, below]) => below !== undefined)
      .map(([key, below]) => [`f:${key}`, fieldSet(below)]),
  );
}

const assets = process.env['KUBEBUILDER_ASSETS'];

/** Real API servers that this machine can start: one where `KUBEBUILDER_ASSETS` names its programs, else none. */
export const realApiServers: readonly {
  readonly kind: string;
  readonly start: () => Promise<RealApiServer>;
}[] = assets ? [{ kind: 'kube-apiserver', start: () => startKubeApiserver(assets) }] : [];

/** What the same tests run against: the fake everywhere, and a real one where there is one. */
export const apiServers: readonly { readonly kind: string; readonly start: () => Promise<TestApiServer> }[] =
  [{ kind: 'a fake API server', start: startFakeApiServer }, ...realApiServers];
