import type { Mode } from '../domain/plan/scope.ts';
import { type ServiceState, baseFiles, projectFile, variablesFile } from './service-files.ts';
import { type StoryStep, everywhere, firstFiles } from './story-files.ts';

/** A commit that `by` pushes. The first line of the message names it in the rest of the story. */
export interface PushChapter extends StoryStep {
  readonly kind: 'push';
  readonly by: string;
  readonly hoursAgo: number;
  readonly message: string;
}

/** A rollback that `by` asks for, to the deployment named `backTo`; without `approval` it runs at once, or waits. */
export interface RollbackChapter {
  readonly kind: 'rollback';
  readonly by: string;
  readonly hoursAgo: number;
  readonly scope: {
    readonly mode: Mode;
    readonly tenant: string;
    readonly environment: string;
    readonly service?: string;
    readonly selectedFields?: readonly string[];
  };
  readonly backTo: string;
  readonly justification: string;
  readonly approval?: { readonly by: string; readonly comment: string };
  readonly notes?: readonly { readonly by: string; readonly text: string }[];
}

/** From now on changes of an environment need so many approvals. */
export interface PolicyChapter {
  readonly kind: 'policy';
  readonly by: string;
  readonly hoursAgo: number;
  readonly environment: string;
  readonly approvals: number;
}

export type Chapter = PushChapter | RollbackChapter | PolicyChapter;

const level = { LOG_LEVEL: '{{hq.var.LOG_LEVEL}}' };

/** The services of the shop as the story finds them, the same in every tenant-environment. */
export const shopServices: Readonly<Record<string, ServiceState>> = {
  'api-gateway': {
    tag: 'v2.0.8',
    replicas: 3,
    cpu: '250m',
    values: { ...level, CACHE_TTL: '60s', UPSTREAM: 'http://checkout' },
  },
  catalog: { tag: 'v1.3.6', replicas: 2, cpu: '250m', values: { ...level, PAGE_SIZE: '50' } },
  checkout: {
    tag: 'v1.8.0',
    replicas: 2,
    cpu: '500m',
    values: { LOG_LEVEL: 'info', REQUEST_TIMEOUT: '{{hq.var.REQUEST_TIMEOUT}}' },
  },
  payments: { tag: 'v3.3.1', replicas: 2, cpu: '250m', values: { ...level, DB_POOL_SIZE: '10' } },
  web: { tag: 'v5.1.0', replicas: 2, cpu: '100m', values: { TITLE: 'The shop', FLAGS: 'none' } },
};

const names = Object.keys(shopServices);

const beginning: Readonly<Record<string, string>> = {
  'knowngood.yaml': projectFile,
  'variables.yaml': variablesFile('30s'),
  'tenants/acme/production/payments/variables.yaml':
    'DB_PASSWORD: { secretRef: { name: payments-db, key: password } }\n',
  ...Object.fromEntries(names.flatMap((name) => Object.entries(baseFiles(name)))),
  ...firstFiles(shopServices),
};

const askedBy = (name: string): string => `\n\nRequested-by: ${name} <${name}@example.com>`;

/**
 * Two weeks of the shop, oldest first: how it came to the bad api-gateway v2.1.0 in acme/production. The rest of that
 * release works, so taking back the service and taking back the release are two different things.
 */
export const shopStory: readonly Chapter[] = [
  {
    kind: 'push',
    by: 'bob',
    hoursAgo: 333,
    message: 'Begin the shop: two tenants, three environments, five services',
    files: beginning,
  },
  { kind: 'policy', by: 'admin', hoursAgo: 332, environment: 'production', approvals: 1 },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 310,
    message: `Promote catalog v1.4.0 to dev and staging (#101)${askedBy('jane')}`,
    where: everywhere('dev', 'staging'),
    change: { catalog: { tag: 'v1.4.0' } },
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 287,
    message: `Release api-gateway v2.0.9 to dev (#104)${askedBy('bob')}`,
    where: everywhere('dev'),
    change: { 'api-gateway': { tag: 'v2.0.9' } },
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 264,
    message: `Promote api-gateway v2.0.9 to staging (#107)${askedBy('bob')}`,
    where: everywhere('staging'),
    change: { 'api-gateway': { tag: 'v2.0.9' } },
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 240.5,
    message: `Promote catalog v1.4.0 to production (#108)${askedBy('jane')}`,
    where: everywhere('production'),
    change: { catalog: { tag: 'v1.4.0' } },
  },
  {
    kind: 'push',
    by: 'bob',
    hoursAgo: 214,
    message:
      'Shorten the request timeout for everybody (#110)\n\nRequests that hang used up all connections.',
    files: { 'variables.yaml': variablesFile('10s') },
  },
  {
    kind: 'push',
    by: 'jane',
    hoursAgo: 195,
    message: 'Four replicas of web in acme/production for the sale (#111)',
    where: ['acme/production'],
    change: { web: { replicas: 4 } },
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 171,
    message: `Promote api-gateway v2.0.9 to production (#112)${askedBy('bob')}`,
    where: everywhere('production'),
    change: { 'api-gateway': { tag: 'v2.0.9' } },
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 146.5,
    message: `Release web v5.2.0 to acme/production (#115)${askedBy('jane')}`,
    where: ['acme/production'],
    change: { web: { tag: 'v5.2.0', values: { FLAGS: 'new-basket' } } },
  },
  {
    kind: 'rollback',
    by: 'jane',
    hoursAgo: 145,
    scope: { mode: 'service', tenant: 'acme', environment: 'production', service: 'web' },
    backTo: 'Promote api-gateway v2.0.9 to production (#112)',
    justification: 'web v5.2.0 shows an empty basket after sign-in',
    approval: { by: 'bob', comment: 'Seen on my phone, too.' },
    notes: [
      { by: 'jane', text: 'Baskets are back since the rollback; 14 customers had written.' },
      { by: 'bob', text: 'The flag new-basket expects catalog v1.5.0. We release them together next time.' },
    ],
  },
  {
    kind: 'push',
    by: 'bob',
    hoursAgo: 121,
    message: 'Larger connection pool for payments in globex/staging (#117)',
    where: ['globex/staging'],
    change: { payments: { replicas: 3, values: { DB_POOL_SIZE: '100' } } },
  },
  {
    kind: 'rollback',
    by: 'jane',
    hoursAgo: 118,
    scope: {
      mode: 'field',
      tenant: 'globex',
      environment: 'staging',
      service: 'payments',
      selectedFields: ['values.DB_POOL_SIZE'],
    },
    backTo: 'Promote api-gateway v2.0.9 to production (#112)',
    justification: 'A hundred connections are all that the staging database has',
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 73,
    message: `Release payments v3.4.0 to dev (#120)${askedBy('jane')}`,
    where: everywhere('dev'),
    change: { payments: { tag: 'v3.4.0' } },
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 26,
    message: `Promote payments v3.4.0 to globex/production (#124)${askedBy('bob')}`,
    where: ['globex/production'],
    change: { payments: { tag: 'v3.4.0' } },
  },
  {
    kind: 'push',
    by: 'release-bot',
    hoursAgo: 0.7,
    message: `Release 2.1 to acme/production (#128)\n\napi-gateway v2.1.0, checkout v1.9.0${askedBy('bob')}`,
    where: ['acme/production'],
    change: {
      'api-gateway': { tag: 'v2.1.0' },
      checkout: { tag: 'v1.9.0', replicas: 3, values: { LOG_LEVEL: 'debug' } },
    },
  },
  {
    kind: 'rollback',
    by: 'jane',
    hoursAgo: 0.4,
    scope: { mode: 'service', tenant: 'globex', environment: 'production', service: 'payments' },
    backTo: 'Release payments v3.4.0 to dev (#120)',
    justification: 'payments v3.4.0 rejects cards of one bank since yesterday',
  },
];
