import type { CommitLiteral } from '../../test/kit/fast-import.ts';
import { withGenerated } from '../../test/kit/generated-tree.ts';
import { type ServiceState, baseFiles, projectFile, variablesFile } from '../../src/demo/service-files.ts';
import { type StoryStep, everywhere, firstFiles, storyFiles } from '../../src/demo/story-files.ts';

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

/** One step of the story: who, why, and what it changes. */
interface Step extends StoryStep {
  readonly by: string;
  readonly message: string;
}

const jane = 'jane <jane@example.com>';
const bob = 'bob <bob@example.com>';
const bot = 'release-bot <release-bot@example.com>';

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

/** 2026-11-16 09:00 UTC, and from one commit to the next. The last one is of 2026-11-20. */
const firstDate = 1_794_819_600;
const dateStep = 8 * 3600;

/**
 * The history of the demo: tenants acme and globex, three environments, five services, thirteen commits. The newest
 * release of acme/production brings a bad api-gateway v2.1.0.
 */
export function demoHistory(): readonly CommitLiteral[] {
  const filesOf = storyFiles(services);
  const first = {
    by: bob,
    message: 'Two tenants, three environments, five services',
    files: {
      'knowngood.yaml': projectFile,
      'variables.yaml': variablesFile('30s'),
      ...Object.fromEntries(Object.keys(services).flatMap((name) => Object.entries(baseFiles(name)))),
      ...firstFiles(services),
    },
  };
  const commits = [first, ...steps].map((step, index) => ({
    message: `${step.message}\n`,
    author: step.by,
    committer: step.by,
    date: firstDate + index * dateStep,
    files: filesOf(step),
  }));
  return withGenerated(commits);
}

/** When the story has just ended: two hours after its last commit, in milliseconds since 1970. */
export const demoNow = (firstDate + steps.length * dateStep + 2 * 3600) * 1000;
