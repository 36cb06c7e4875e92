import { suggestion } from '../../std/nearest.ts';
import type { Oid, Walk } from '../../tree/object.ts';
import type { Layout } from '../layout/layout.ts';
import { listScopes } from '../layout/list-scopes.ts';
import { Refusal } from '../refusal/refusal.ts';
import { type Scope, tenantEnvironmentName } from './scope.ts';

/** Throws the refusal that says which name of the scope the tree does not have, with the nearest one it has. */
export function* checkScope(layout: Layout, root: Oid, scope: Omit<Scope, 'mode' | 'fields'>): Walk<void> {
  const { tenant, environment, service } = scope;
  const all = yield* listScopes(layout, root);
  const tenants = [...new Set(all.map((found) => found.tenant))];
  if (!tenants.includes(tenant)) {
    throw new Refusal('tenant_unknown', { tenant, suggestion: suggestion(tenant, tenants) });
  }
  const environments = all.filter((found) => found.tenant === tenant).map((found) => found.environment);
  const found = all.find((candidate) => candidate.tenant === tenant && candidate.environment === environment);
  if (!found) {
    const hint = suggestion(environment, environments);
    throw new Refusal('environment_unknown', { tenant, environment, suggestion: hint });
  }
  if (service !== undefined && !found.services.includes(service)) {
    const hint = suggestion(service, found.services);
    throw new Refusal('service_unknown', { scope: tenantEnvironmentName(scope), service, suggestion: hint });
  }
}
