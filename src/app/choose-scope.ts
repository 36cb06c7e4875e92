import type { Layout } from '../domain/layout/layout.ts';
import { listScopes } from '../domain/layout/list-scopes.ts';
import { onlyName } from '../domain/layout/only-name.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Scope, TenantEnvironment } from '../domain/plan/scope.ts';
import { drive } from '../git/drive.ts';
import type { OpenedBranch } from './open-branch.ts';

/** What a person named of a scope; a name may be left out where the repository has only one. */
export interface NamedScope extends Partial<TenantEnvironment> {
  readonly service?: string | undefined;
  readonly fields?: readonly string[] | undefined;
}

/** The layout of an opened branch. Throws layout_missing with the command that proposes one. */
export function requireLayout({
  layout,
  branch,
  repository,
}: Pick<OpenedBranch, 'layout' | 'branch' | 'repository'>): Layout {
  if (layout) return layout;
  throw new Refusal('layout_missing', { branch: branch.name, path: repository.path });
}

/** Completes a scope: the mode follows from what is named, and a name that has one value only may be left out. */
export async function chooseScope(opened: OpenedBranch, named: NamedScope): Promise<Scope> {
  const { service, fields } = named;
  const mode = fields ? 'field' : service === undefined ? 'full' : 'service';
  if (mode === 'field' && service === undefined) throw new Refusal('service_required');
  if (named.tenant !== undefined && named.environment !== undefined) {
    return { mode, tenant: named.tenant, environment: named.environment, service, fields };
  }
  const layout = requireLayout(opened);
  const found = await drive(opened.reader, listScopes(layout, opened.base.tree));
  const tenant =
    named.tenant ??
    onlyName(
      'tenant',
      found.map((scope) => scope.tenant),
    );
  const environments = found.filter((scope) => scope.tenant === tenant).map((scope) => scope.environment);
  const environment = named.environment ?? onlyName('environment', environments);
  return { mode, tenant, environment, service, fields };
}
