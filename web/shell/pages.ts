import {
  IconChecklist,
  IconHistory,
  IconLayoutGrid,
  IconServer,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';

/** One of the pages that can be reached from everywhere; `key` follows `g`. */
export interface MainPage {
  readonly to: '/' | '/requests' | '/audit' | '/clusters' | '/settings';
  readonly word: string;
  readonly key: string;
  readonly icon: TablerIcon;
}

/** The navigation, in its order. */
export const mainPages: readonly MainPage[] = [
  { to: '/', word: 'Overview', key: 'o', icon: IconLayoutGrid },
  { to: '/requests', word: 'Requests', key: 'r', icon: IconChecklist },
  { to: '/audit', word: 'Audit', key: 'a', icon: IconHistory },
  { to: '/clusters', word: 'Clusters', key: 'c', icon: IconServer },
  { to: '/settings', word: 'Settings', key: 's', icon: IconSettings },
];
