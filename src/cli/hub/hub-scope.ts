import { onlyName } from '../../domain/layout/only-name.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { readRevisionText } from '../../domain/plan/revision-text.ts';
import { type TenantEnvironment, scopeName } from '../../domain/plan/scope.ts';
import { ago } from './ago.ts';
import type { HubAccess } from '../hub-access.ts';
import type { PlanSubject } from '../plan-text.ts';
import { type Connection, projectOf } from './connect.ts';

/** What a person named of a scope; the context and the project complete it. */
export interface NamedScope extends Partial<TenantEnvironment> {
  readonly service?: string;
}

/** Completes a scope: from the options, from the context, or because there is only one. Throws `scope_missing`. */
export async function hubScope(connection: Connection, named: NamedScope): Promise<TenantEnvironment> {
  const { client, context } = connection;
  const tenant = named.tenant ?? context.tenant;
  const environment = named.environment ?? context.environment;
  if (tenant !== undefined && environment !== undefined) return { tenant, environment };
  const { items } = await client.call('listTenantEnvironments', { params: { slug: projectOf(connection) } });
  const chosen =
    tenant ??
    onlyName(
      'tenant',
      items.map((item) => item.tenant),
    );
  const environments = items.filter((item) => item.tenant === chosen).map((item) => item.environment);
  return { tenant: chosen, environment: environment ?? onlyName('environment', environments) };
}

/** A revision as the server reads it: times of the clock on this wall become moments. Throws `revision_malformed`. */
export function hubRevision({ clock }: Pick<HubAccess, 'clock'>, text: string): string {
  const now = clock();
  const read = readRevisionText(text, now, -new Date(now).getTimezoneOffset());
  return read.kind === 'time' ? new Date(read.at).toISOString() : read.name;
}

interface Deployment {
  readonly revision: string;
  readonly timestamp: string;
  readonly author: { readonly name: string };
  readonly changes: { readonly summary: string };
}

/** What is said of a revision that was deployed. */
export const subjectOf = (hub: Pick<HubAccess, 'clock'>, deployment: Deployment): PlanSubject => ({
  revision: deployment.revision,
  subject: deployment.changes.summary,
  author: deployment.author.name,
  age: ago(hub, deployment.timestamp),
});

/** The change before the latest one of a scope. Throws `no_previous_change`. */
export async function previousRevision(
  connection: Connection,
  { tenant, environment }: TenantEnvironment,
  service: string | undefined,
): Promise<string> {
  const slug = projectOf(connection);
  const { items } = await connection.client.call('listDeployments', {
    params: { slug },
    query: { tenant, environment, ...(service === undefined ? {} : { service }), limit: 2 },
  });
  const previous = items[1]?.revision;
  if (previous !== undefined) return previous;
  throw new Refusal('no_previous_change', {
    scope: scopeName({ tenant, environment, service }),
    branch: slug,
  });
}

/** What the server knows of a revision: who deployed it when, or its id alone. */
export async function describeRevision(
  connection: Connection,
  hub: Pick<HubAccess, 'clock'>,
  revision: string,
): Promise<PlanSubject> {
  const { items } = await connection.client
    .call('getDeployment', { params: { slug: projectOf(connection), revision } })
    .catch(() => ({ items: [] }));
  const [found] = items;
  return found ? subjectOf(hub, found) : { revision };
}
