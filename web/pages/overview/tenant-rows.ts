interface Place {
  readonly tenant: string;
  readonly environment: string;
}

/** The matrix as rows: a cell is undefined where a tenant has no such environment. */
export interface TenantRows<P> {
  readonly environments: readonly string[];
  readonly rows: readonly { readonly tenant: string; readonly cells: readonly (P | undefined)[] }[];
}

/** Sorts places into a matrix, environments in the given order, tenants as they come, filtered by a part of the name. */
export function tenantRows<P extends Place>(
  places: readonly P[],
  order: readonly string[],
  filter = '',
): TenantRows<P> {
  const found = new Set(places.map(({ environment }) => environment));
  const environments = [
    ...order.filter((name) => found.has(name)),
    ...[...found].filter((name) => !order.includes(name)),
  ];
  const tenants = Map.groupBy(places, ({ tenant }) => tenant);
  const rows = [...tenants]
    .filter(([tenant]) => tenant.toLowerCase().includes(filter.toLowerCase()))
    .map(([tenant, own]) => ({
      tenant,
      cells: environments.map((name) => own.find(({ environment }) => environment === name)),
    }));
  return { environments, rows };
}
