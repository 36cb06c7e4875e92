import { useSuspenseQuery } from '@tanstack/react-query';
import type { TenantEnvironment } from '../../../src/domain/plan/scope.ts';
import { apiQuery } from '../../api/queries.ts';

/** The services of a tenant-environment; none when it is not on the branch. */
export function useServices(where: TenantEnvironment & { readonly project: string }): readonly string[] {
  const { project: slug, tenant, environment } = where;
  const { data } = useSuspenseQuery(apiQuery('listTenantEnvironments', { params: { slug } }));
  const place = data.items.find((each) => each.tenant === tenant && each.environment === environment);
  return place?.services ?? [];
}
