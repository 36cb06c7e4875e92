import { Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { ProjectSection } from './project-section.tsx';
import { ReviewsOwed } from './reviews-owed.tsx';
import { WaitsForYou } from './waits-for-you.tsx';

const routeApi = getRouteApi('/signed-in/');

function TenantFilter(): ReactElement {
  const { tenant } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  return (
    <SearchField
      isMain
      label="Filter by tenant"
      set={tenant}
      onSearch={(text) =>
        void navigate({
          search: (before) => ({ ...before, tenant: text }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}

/** Every project with what runs in each tenant-environment, and what waits for whoever looks. */
export function OverviewPage(): ReactElement {
  const { tenant } = routeApi.useSearch();
  const { data } = useSuspenseQuery(apiQuery('listProjects', { query: { limit: 200 } }));
  if (data.items.length === 0) {
    return (
      <Page title="Overview">
        <EmptyState
          title="No project yet"
          command={`curl -X POST ${window.location.origin}/api/v2/projects -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' -d '{"slug": "shop"}'`}
        >
          A project is one repository. Create one, then push to the address that comes back; its tenants and
          environments are found by themselves.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title="Overview" actions={<TenantFilter />}>
      <WaitsForYou />
      <ReviewsOwed />
      <Stack gap="xl">
        {data.items.map((project) => (
          <ProjectSection key={project.slug} project={project} tenantFilter={tenant} />
        ))}
      </Stack>
    </Page>
  );
}
