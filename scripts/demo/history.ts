import type { CommitLiteral } from '../../test/kit/fast-import.ts';
import {
  type ServiceState,
  environmentFile,
  projectFile,
  serviceFile,
  servicePath,
  variablesFile,
} from './files.ts';

const tenants = ['acme', 'globex'];
const environments = ['dev', 'staging', 'production'];

const services: Readonly<Record<string, ServiceState>> = {
  'api-gateway': {
    tag: 'v2.0.8',
    replicas: 3,
    cpu: '250m',
    values: { LOG_LEVEL: '{{hq.var.LOG_LEVEL}}', CACHE_TTL: '60s', UPSTREAM: 'http://checkout' },
  },
  billing: {
    tag: 'v3.3.1',
    replicas: 2,
    cpu: '250m',
    values: { LOG_LEVEL: '{{hq.var.LOG_LEVEL}}', DB_POOL_SIZE: '10', CURRENCY: 'EUR' },
  },
  checkout: {
    tag: 'v1.7.2',
    replicas: 2,
    cpu: '500m',
    values: { LOG_LEVEL: '{{hq.var.LOG_LEVEL}}', REQUEST_TIMEOUT: '{{hq.var.REQUEST_TIMEOUT}}' },
  },
  web: { tag: 'v5.0.4', replicas: 2, cpu: '100m', values: { TITLE: 'Grüße aus dem Shop', FLAGS: 'none' } },
  worker: { tag: 'v0.9.3', replicas: 2, cpu: '250m', values: { QUEUE_LIMIT: '500', BATCH_SIZE: '20' } },
};

type Change = Partial<Omit<ServiceState, 'values'>> & { readonly values?: ServiceState['values'] };

/** One step of the story: who, why, and which service of which tenant-environments becomes what. */
interface Step {
  readonly by: string;
  readonly message: string;
  readonly where?: readonly string[];
  readonly change?: Readonly<Record<string, Change>>;
  readonly files?: Readonly<Record<string, string>>;
}

const jane = 'jane <jane@example.com>';
const bob = 'bob <bob@example.com>';
const bot = 'release-bot <release-bot@example.com>';

const everywhere = (...of: readonly string[]): readonly string[] =>
  tenants.flatMap((tenant) => of.map((environment) => `${tenant}/${environment}`));

const steps: readonly Step[] = [
  {
    by: bot,
    message: 'Promote checkout v1.8.0 to dev and staging',
    where: everywhere('dev', 'staging'),
    change: { checkout: { tag: 'v1.8.0' } },
  },
  {
    by: bot,
    message: 'Promote api-gateway v2.0.9 to dev and staging',
    where: everywhere('dev', 'staging'),
    change: { 'api-gateway': { tag: 'v2.0.9' } },
  },
  {
    by: bot,
    message: 'Promote checkout v1.8.0 to production',
    where: everywhere('production'),
    change: { checkout: { tag: 'v1.8.0' } },
  },
  {
    by: bob,
    message: 'Four replicas of web in acme/production for the sale',
    where: ['acme/production'],
    change: { web: { replicas: 4 } },
  },
  {
    by: bot,
    message: 'Promote api-gateway v2.0.9 to production',
    where: everywhere('production'),
    change: { 'api-gateway': { tag: 'v2.0.9' } },
  },
  {
    by: bot,
    message: 'Promote billing v3.4.0 to all environments',
    where: everywhere('dev', 'staging', 'production'),
    change: { billing: { tag: 'v3.4.0' } },
  },
  {
    by: jane,
    message: 'Show the new title everywhere',
    where: everywhere('dev', 'staging', 'production'),
    change: { web: { tag: 'v5.1.0', values: { TITLE: 'Willkommen 👋' } } },
  },
  {
    by: bot,
    message: 'Promote worker v0.9.4 to all environments',
    where: everywhere('dev', 'staging', 'production'),
    change: { worker: { tag: 'v0.9.4' } },
  },
  {
    by: bob,
    message: 'Shorten the request timeout for everybody\n\nRequests that hang used up all connections.',
    files: { 'variables.yaml': variablesFile('10s') },
  },
  {
    by: jane,
    message: 'Worker v0.10.0 with larger batches in acme/production',
    where: ['acme/production'],
    change: { worker: { tag: 'v0.10.0', replicas: 6, values: { BATCH_SIZE: '200' } } },
  },
  {
    by: bob,
    message: 'Larger connection pool for billing in globex/production',
    where: ['globex/production'],
    change: { billing: { tag: 'v3.4.1', values: { DB_POOL_SIZE: '100' } } },
  },
  {
    by: bot,
    message: 'Release 2026-11-20 to acme/production\n\napi-gateway v2.1.0, checkout v1.9.0',
    where: ['acme/production'],
    change: {
      'api-gateway': { tag: 'v2.1.0', values: { CACHE_TTL: '5s' } },
      checkout: { tag: 'v1.9.0', replicas: 3 },
    },
  },
];

function firstFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'knowngood.yaml': projectFile,
    'variables.yaml': variablesFile('30s'),
  };
  for (const where of everywhere(...environments)) {
    const [tenant = '', environment = ''] = where.split('/');
    files[`tenants/${where}/environment.yaml`] = environmentFile(tenant, environment);
    for (const [name, state] of Object.entries(services))
      files[servicePath(where, name)] = serviceFile(name, state);
  }
  return files;
}

const merged = (state: ServiceState, change: Change): ServiceState => ({
  ...state,
  ...change,
  values: { ...state.values, ...change.values },
});

/** 2026-11-16 09:00 UTC, and from one commit to the next. The last one is of 2026-11-20. */
const firstDate = 1_794_819_600;
const dateStep = 8 * 3600;

/**
 * The history of the demo: tenants acme and globex, three environments, five services, thirteen commits. The newest
 * release of acme/production brings a bad api-gateway v2.1.0.
 */
export function demoHistory(): readonly CommitLiteral[] {
  const states = new Map<string, ServiceState>();
  const filesOf = (step: Step): Record<string, string> => {
    const files: Record<string, string> = { ...step.files };
    for (const where of step.where ?? [])
      for (const [name, change] of Object.entries(step.change ?? {})) {
        const path = servicePath(where, name);
        const before = states.get(path) ?? services[name];
        if (!before) throw new Error(`the demo has no service ${name}`);
        const after = merged(before, change);
        states.set(path, after);
        files[path] = serviceFile(name, after);
      }
    return files;
  };
  const first = { by: bob, message: 'Two tenants, three environments, five services', files: firstFiles() };
  return [first, ...steps].map((step, index) => ({
    message: `${step.message}\n`,
    author: step.by,
    committer: step.by,
    date: firstDate + index * dateStep,
    files: filesOf(step),
  }));
}

/** When the story has just ended: two hours after its last commit, in milliseconds since 1970. */
export const demoNow = (firstDate + steps.length * dateStep + 2 * 3600) * 1000;
