import { type Layout, ownerOf } from '../layout/layout.ts';
import type { TenantEnvironment } from '../plan/scope.ts';
import type { Application, ApplicationSource } from './application.ts';

/** What an Application deploys: a tenant-environment, or one service of it. */
export interface ApplicationPlace extends TenantEnvironment {
  readonly service: string | undefined;
}

/** Every source of an Application that reads a folder of a repository. */
export const folderSources = ({
  sources,
  ...application
}: Application): readonly Pick<ApplicationSource, 'repoUrl' | 'path'>[] =>
  [{ ...application, chart: '' }, ...sources].filter(({ repoUrl, chart }) => repoUrl !== '' && chart === '');

const plainFolder = (path: string): string => path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');

/**
 * Whose folder this is, by the layout. Undefined for a folder above tenant-environments or outside of the layout: such
 * an Application has to be bound by hand.
 */
export function placeOfFolder(layout: Layout, path: string): ApplicationPlace | undefined {
  const folder = plainFolder(path);
  if (folder === '' || folder === '.') return undefined;
  // A folder belongs to whomever files in it belong to, whatever their names are.
  const owner = ownerOf(layout, `${folder}/kustomization.yaml`) ?? ownerOf(layout, folder);
  if (owner?.tenant === undefined || owner.environment === undefined) return undefined;
  return { tenant: owner.tenant, environment: owner.environment, service: owner.service };
}
