import { Tabs } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { clusterSigns } from '../../parts/cluster-signs.ts';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { sentence } from '../../words/sentence.ts';
import { wordIn } from '../../words/search-text.ts';
import { ApplicationsTab } from './applications-tab.tsx';
import { DriftTab } from './drift-tab.tsx';
import { InventoryTab } from './inventory-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { type ClusterTab, clusterTabs } from './route.ts';

const routeApi = getRouteApi('/signed-in/clusters/$id');

const tabs: Readonly<Record<ClusterTab, (props: { readonly id: string }) => ReactElement>> = {
  overview: OverviewTab,
  applications: ApplicationsTab,
  inventory: InventoryTab,
  drift: DriftTab,
};

/** One cluster: whether it is heard of, what it runs, and where it differs from Git. */
export function ClusterPage(): ReactElement {
  const { id } = routeApi.useParams();
  const { tab = 'overview' } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const { data } = useSuspenseQuery(apiQuery('getCluster', { params: { id } }));
  const title = data.simulated && data.name !== 'simulated' ? `${data.name} (simulated)` : data.name;
  return (
    <Page title={title} aside={<StateBadge sign={clusterSigns[data.state]} />}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: wordIn({ value }, 'value', clusterTabs) } })}
      >
        <Tabs.List mb="md">
          {clusterTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {sentence(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {clusterTabs.map((name) => {
          const Tab = tabs[name];
          return (
            <Tabs.Panel key={name} value={name}>
              <Tab id={id} />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Page>
  );
}
