import { entriesOf } from '../../tree/diff-trees.ts';
import { type Oid, type Walk, isFolder } from '../../tree/object.ts';
import { type Layout, type Owner, isShared, ownerOf } from './layout.ts';
import type { TenantEnvironment } from '../plan/scope.ts';
import { type Bindings, type PlaceholderName, type Template, matchPrefix } from './template.ts';

/** A tenant-environment with the services found in it, sorted. */
export interface FoundScope extends TenantEnvironment {
  readonly services: readonly string[];
}

interface Spot {
  readonly template: Template;
  readonly parts: readonly string[];
  readonly oid: Oid;
}

const fits = (owner: Bindings, where: Bindings): boolean =>
  (['tenant', 'environment', 'service'] as const).every(
    (name) => where[name] === undefined || owner[name] === undefined || owner[name] === where[name],
  );

/**
 * The tenant-environments that a tree holds, in the declared order of environments. `where` pins names, which keeps
 * the walk to the folders in question. Only folders that a template names are read.
 */
export function* listScopes(layout: Layout, root: Oid, where: Bindings = {}): Walk<readonly FoundScope[]> {
  const owners: Owner[] = [];
  let level: Spot[] = layout.templates
    .filter((template) => !template.generated && names(layout, template))
    .map((template) => ({ template, parts: [], oid: root }));
  while (level.length > 0) {
    const objects = yield [...new Set(level.map((spot) => spot.oid))];
    const next: Spot[] = [];
    for (const spot of level) {
      for (const { name, mode, oid } of entriesOf(objects, spot.oid)) {
        const parts = [...spot.parts, name];
        const bindings = matchPrefix(spot.template, parts);
        if (!bindings || !fits(bindings, where)) continue;
        const last = parts.length === spot.template.segments.length;
        if (last && isFolder(mode) === spot.template.rest) {
          const owner = ownerAt(layout, parts, spot.template.rest);
          if (owner && (where.service === undefined || owner.service === where.service)) owners.push(owner);
        }
        if (!last && isFolder(mode)) next.push({ template: spot.template, parts, oid });
      }
    }
    level = next;
  }
  return collect(layout, owners);
}

/** Who owns what lies below a folder, or the file: a more specific template may have made it shared, such as `base`. */
function ownerAt(layout: Layout, parts: readonly string[], below: boolean): Owner | undefined {
  const owner = ownerOf(layout, [...parts, ...(below ? ['*'] : [])].join('/'));
  return owner && !owner.generated && !isShared(owner) ? owner : undefined;
}

/** Only a template that names both a tenant and an environment can show that a tenant-environment is there. */
function names(layout: Layout, template: Template): boolean {
  const has = (name: PlaceholderName) =>
    !layout.placeholders.has(name) ||
    template.segments.some((segment) => segment.kind === 'placeholder' && segment.name === name);
  return has('tenant') && has('environment');
}

function collect(layout: Layout, owners: readonly Owner[]): FoundScope[] {
  const found = new Map<string, { tenant: string; environment: string; services: Set<string> }>();
  for (const { tenant, environment, service } of owners) {
    if (tenant === undefined || environment === undefined) continue;
    const key = `${tenant}\0${environment}`;
    const scope = found.get(key) ?? { tenant, environment, services: new Set() };
    found.set(key, scope);
    if (service !== undefined) scope.services.add(service);
  }
  const order = (environment: string) => {
    const at = layout.environments.indexOf(environment);
    return at < 0 ? layout.environments.length : at;
  };
  return [...found.values()]
    .map((scope) => ({ ...scope, services: [...scope.services].toSorted() }))
    .toSorted(
      (a, b) =>
        compare(a.tenant, b.tenant) ||
        order(a.environment) - order(b.environment) ||
        compare(a.environment, b.environment),
    );
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
