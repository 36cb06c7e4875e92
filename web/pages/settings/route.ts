import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from '../../router/shell-route.ts';
import { textIn, wordIn } from '../../words/search-text.ts';
import { type SettingsTab, settingsTabs } from './settings-tabs.ts';

interface SettingsSearch {
  /** The section; policies when left out. */
  readonly tab?: SettingsTab | undefined;
  /** The policy that is open for a change, by project and environment. */
  readonly project?: string | undefined;
  readonly environment?: string | undefined;
  /** The member whose role is being changed, by their id. */
  readonly member?: string | undefined;
  /** The webhook whose deliveries are open, by its id. */
  readonly webhook?: string | undefined;
}

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): SettingsSearch => ({
    tab: wordIn(search, 'tab', settingsTabs),
    project: textIn(search, 'project'),
    environment: textIn(search, 'environment'),
    member: textIn(search, 'member'),
    webhook: textIn(search, 'webhook'),
  }),
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
});
