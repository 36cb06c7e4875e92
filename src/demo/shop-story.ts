import type { Mode } from '../domain/plan/scope.ts';
import { type ServiceState, baseFiles, projectFile, variablesFile } from './service-files.ts';
import { type StoryStep, everywhere, firstFiles, tenants } from './story-files.ts';

/** A commit that `by` pushes. The first line of the message names it in the rest of the story. */
export interface PushChapter extends StoryStep {
  readonly kind: 'push';
  readonly by: string;
  readonly hoursAgo: number;
  readonly message: string;
}

/** A request that `by` submits; without `approval` it runs at once, or waits. */
interface RequestChapter {
  readonly by: string;
  readonly hoursAgo: number;
  readonly justification: string;
  readonly approval?: { readonly by: string; readonly comment: string };
}

/** A release to one tenant-environment after the other: service → field → value. `name` is for the rest of the story. */
export interface ReleaseChapter extends RequestChapter {
  readonly kind: 'release';
  readonly name: string;
  readonly where: readonly string[];
  readonly set: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

/** A promotion of services of one tenant after the other. */
export interface PromotionChapter extends RequestChapter {
  readonly kind: 'promotion';
  readonly name: string;
  readonly tenants: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly services: readonly string[];
}

/** A rollback to the deployment named `backTo`. */
export interface RollbackChapter extends RequestChapter {
  readonly kind: 'rollback';
  readonly scope: {
    readonly mode: Mode;
    readonly tenant: string;
    readonly environment: string;
    readonly service?: string;
    readonly selectedFields?: readonly string[];
  };
  readonly backTo: string;
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

export type Chapter = PushChapter | ReleaseChapter | PromotionChapter | RollbackChapter | PolicyChapter;

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
    kind: 'release',
    by: 'release-bot',
    hoursAgo: 311,
    name: 'catalog v1.4.0 in dev',
    where: everywhere('dev'),
    set: { catalog: { 'image.tag': 'v1.4.0' } },
    justification: 'Build 1482 of catalog passed',
  },
  {
    kind: 'promotion',
    by: 'jane',
    hoursAgo: 310,
    name: 'catalog v1.4.0 in staging',
    tenants,
    from: 'dev',
    to: 'staging',
    services: ['catalog'],
    justification: 'Faster lists of products (#101)',
  },
  {
    kind: 'release',
    by: 'release-bot',
    hoursAgo: 287,
    name: 'api-gateway v2.0.9 in dev',
    where: everywhere('dev'),
    set: { 'api-gateway': { 'image.tag': 'v2.0.9' } },
    justification: 'Build 2209 of api-gateway passed',
  },
  {
    kind: 'promotion',
    by: 'bob',
    hoursAgo: 264,
    name: 'api-gateway v2.0.9 in staging',
    tenants,
    from: 'dev',
    to: 'staging',
    services: ['api-gateway'],
    justification: 'Closes idle connections (#107)',
  },
  {
    kind: 'promotion',
    by: 'jane',
    hoursAgo: 240.5,
    name: 'catalog v1.4.0 in production',
    tenants,
    from: 'staging',
    to: 'production',
    services: ['catalog'],
    justification: 'Three days in staging without an incident (#108)',
    approval: { by: 'bob', comment: 'Go.' },
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
    kind: 'promotion',
    by: 'bob',
    hoursAgo: 171,
    name: 'api-gateway v2.0.9 in production',
    tenants,
    from: 'staging',
    to: 'production',
    services: ['api-gateway'],
    justification: 'Four days in staging without an incident (#112)',
    approval: { by: 'admin', comment: 'Before the sale begins.' },
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
    backTo: 'api-gateway v2.0.9 in production',
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
    backTo: 'api-gateway v2.0.9 in production',
    justification: 'A hundred connections are all that the staging database has',
  },
  {
    kind: 'release',
    by: 'release-bot',
    hoursAgo: 73,
    name: 'payments v3.4.0 in dev',
    where: everywhere('dev'),
    set: { payments: { 'image.tag': 'v3.4.0' } },
    justification: 'Build 340 of payments passed',
  },
  {
    kind: 'promotion',
    by: 'bob',
    hoursAgo: 26,
    name: 'payments v3.4.0 in globex/production',
    tenants: ['globex'],
    from: 'dev',
    to: 'production',
    services: ['payments'],
    justification: 'Globex needs the new card scheme tonight (#124)',
    approval: { by: 'admin', comment: 'Straight from dev, once.' },
  },
  {
    kind: 'release',
    by: 'bob',
    hoursAgo: 0.7,
    name: 'Release 2.1',
    where: ['acme/production'],
    set: {
      'api-gateway': { 'image.tag': 'v2.1.0' },
      checkout: { 'image.tag': 'v1.9.0', replicas: 3, 'values.LOG_LEVEL': 'debug' },
    },
    justification: 'Release 2.1: guests can check out (#128)',
    approval: { by: 'admin', comment: 'Marketing waits for it.' },
  },
  {
    kind: 'rollback',
    by: 'jane',
    hoursAgo: 0.4,
    scope: { mode: 'service', tenant: 'globex', environment: 'production', service: 'payments' },
    backTo: 'payments v3.4.0 in dev',
    justification: 'payments v3.4.0 rejects cards of one bank since yesterday',
  },
];
