import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Page } from '../../parts/page.tsx';
import { sentence } from '../../words/sentence.ts';
import { wordIn } from '../../words/search-text.ts';
import { MembersTab } from './members-tab.tsx';
import { PlanTab } from './plan-tab.tsx';
import { PoliciesTab } from './policies-tab.tsx';
import { type SettingsTab, settingsTabs } from './settings-tabs.ts';
import { TokensTab } from './tokens-tab.tsx';
import { WebhooksTab } from './webhooks-tab.tsx';

const routeApi = getRouteApi('/signed-in/settings');

const sections: Readonly<Record<SettingsTab, () => ReactElement>> = {
  policies: PoliciesTab,
  tokens: TokensTab,
  members: MembersTab,
  webhooks: WebhooksTab,
  plan: PlanTab,
};

/** Everything that an instance is told once: one section at a time, named by the address. */
export function SettingsPage(): ReactElement {
  const { tab = 'policies' } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  return (
    <Page title="Settings">
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => void navigate({ search: { tab: wordIn({ value }, 'value', settingsTabs) } })}
      >
        <Tabs.List mb="md">
          {settingsTabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {sentence(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {settingsTabs.map((name) => {
          const Section = sections[name];
          return (
            <Tabs.Panel key={name} value={name}>
              <Section />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Page>
  );
}
