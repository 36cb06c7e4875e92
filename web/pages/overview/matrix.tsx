import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import type { Project } from '../../../src/contract/project.ts';
import { MatrixCell } from './matrix-cell.tsx';
import classes from './matrix.module.css';
import { tenantRows } from './tenant-rows.ts';

export type Place = ResultOf<'listTenantEnvironments'>['items'][number];

export interface MatrixProps {
  readonly project: Project;
  readonly places: readonly Place[];
  readonly tenantFilter: string | undefined;
}

const routeApi = getRouteApi('/signed-in/');

/** Tenants that are shown at once; more make the page slow and nobody reads them. */
const shownAtFirst = 40;

/** Tenants down, environments across, in the order of promotion. */
export function Matrix({ project, places, tenantFilter }: MatrixProps): ReactElement {
  const { all = [] } = routeApi.useSearch();
  const { environments, rows } = tenantRows(places, project.environments, tenantFilter);
  const shown = all.includes(project.slug) ? rows : rows.slice(0, shownAtFirst);
  return (
    <div
      className={classes['scroll']}
      tabIndex={0}
      role="region"
      aria-label={`Tenant-environments of ${project.name}`}
    >
      <table className={classes['matrix']}>
        <thead>
          <tr>
            <th scope="col">Tenant</th>
            {environments.map((environment) => (
              <th key={environment} scope="col">
                {environment}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ tenant, cells }) => (
            <tr key={tenant}>
              <th scope="row">{tenant}</th>
              {cells.map((place, index) => (
                <td key={environments[index]} data-environment={environments[index]}>
                  {place ? <MatrixCell project={project.slug} place={place} /> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p>No tenant is called so.</p> : null}
      {shown.length < rows.length ? <ShowAll project={project.slug} count={rows.length} /> : null}
    </div>
  );
}

function ShowAll({ project, count }: { readonly project: string; readonly count: number }): ReactElement {
  const { all = [] } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const show = (): void =>
    void navigate({
      search: (before) => ({ ...before, all: [...all, project] }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Button variant="subtle" onClick={show}>
      Show all {count} tenants
    </Button>
  );
}
