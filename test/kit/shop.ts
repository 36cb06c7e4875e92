import type { EnvironmentPolicy } from '../../src/domain/policy/policy.ts';
import { defaultPolicy } from '../../src/domain/policy/policy.ts';
import type { RollbackWish } from '../../src/app/requests/submission-of.ts';
import type { OpenHub } from '../../src/app/open-hub.ts';
import type { HubProject } from '../../src/app/projects/hub-project.ts';
import type { Actor } from '../../src/domain/people/actor.ts';
import type { CommitLiteral } from './fast-import.ts';
import { type TestHub, type TestProject, person, projectWith } from './hub.ts';

const services = ['api-gateway', 'checkout', 'search'];

const serviceFile = (tenant: string, environment: string, service: string): string =>
  `tenants/${tenant}/${environment}/${service}/service.yaml`;

/** `service.yaml` of a service in the default layout. */
export const serviceText = (tag: string, replicas = 3): string =>
  `apiVersion: knowngood.dev/v1\nkind: Service\nimage:\n  tag: ${tag}\nreplicas: ${replicas} # as agreed\n`;

export const apiGateway = serviceFile('acme', 'production', 'api-gateway');
export const checkout = serviceFile('acme', 'production', 'checkout');
export const globexApi = serviceFile('globex', 'production', 'api-gateway');

/** Two tenants, then a good release of acme/production, then the bad one: api-gateway v2.1.0. */
export const shopHistory: readonly CommitLiteral[] = [
  {
    message: 'Begin',
    files: {
      'variables.yaml': 'LOG_LEVEL: info\n',
      ...Object.fromEntries(
        ['acme', 'globex'].flatMap((tenant) =>
          ['dev', 'production'].flatMap((environment) =>
            services.map((service) => [serviceFile(tenant, environment, service), serviceText('v2.0.8')]),
          ),
        ),
      ),
    },
  },
  {
    message: 'Release 2.0.9',
    files: { [apiGateway]: serviceText('v2.0.9'), [checkout]: serviceText('v2.0.9') },
  },
  {
    message: 'Release 2.1.0',
    files: {
      [apiGateway]: serviceText('v2.1.0', 5),
      [checkout]: serviceText('v2.1.0'),
      'variables.yaml': 'LOG_LEVEL: debug\n',
    },
  },
];

/** The project of the page, with the people of its story. */
export interface Shop extends TestProject {
  readonly hub: TestHub;
  /** The good release and the bad one. */
  readonly good: string;
  readonly bad: string;
  /** Everybody by name, for signing in. */
  readonly people: Readonly<Record<string, Actor>>;
  readonly jane: Actor;
  readonly bob: Actor;
  readonly ann: Actor;
}

/** Jane may ask, and approve too; bob and ann are admins. Production asks for what `policy` says. */
export async function makeShop(hub: TestHub, policy: Partial<EnvironmentPolicy> = {}): Promise<Shop> {
  const project = await projectWith(hub, shopHistory);
  const [, good = '', bad = ''] = project.commits;
  const jane = await person(hub, 'jane', { role: 'admin' });
  const bob = await person(hub, 'bob', { role: 'admin', groups: ['sre'] });
  const ann = await person(hub, 'ann', { role: 'owner' });
  const shop = { ...project, hub, good, bad, people: { jane, bob, ann }, jane, bob, ann };
  await setPolicy(shop, policy);
  return shop;
}

/** The next version of the policy of production, as if changed long ago by nobody of these. */
export async function setPolicy(
  { hub, project }: { readonly hub: OpenHub; readonly project: Pick<HubProject, 'id'> },
  policy: Partial<EnvironmentPolicy>,
  environment = 'production',
): Promise<void> {
  const latest = await hub.store.policies.latest(project.id, environment);
  await hub.store.tx((tx) =>
    tx.policies.add(project.id, {
      environment,
      version: (latest?.version ?? 0) + 1,
      policy: { ...defaultPolicy, ...policy },
      changedBy: undefined,
      changedAt: hub.clock(),
    }),
  );
}

/** The rollback of the page: api-gateway of acme/production, back to the good release. */
export const serviceWish = (shop: Pick<Shop, 'good'>, parts: Partial<RollbackWish> = {}) => ({
  slug: 'shop',
  mode: 'service' as const,
  tenant: 'acme',
  environment: 'production',
  service: 'api-gateway',
  targetSha: shop.good,
  justification: 'Bad image tag v2.1.0 causing 500 errors',
  ...parts,
});
