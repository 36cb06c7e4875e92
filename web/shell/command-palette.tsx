import '@mantine/spotlight/styles.css';
import { Spotlight, type SpotlightActionData, createSpotlight } from '@mantine/spotlight';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch, IconTargetArrow } from '@tabler/icons-react';
import { type ReactElement, useEffect } from 'react';
import { apiQuery } from '../api/queries.ts';
import { hasWords } from '../words/has-words.ts';
import classes from './command-palette.module.css';
import { mainPages } from './pages.ts';

const [store, palette] = createSpotlight();

/** How many answers are shown at most. */
const shown = 12;

const textOf = ({ label = '', description = '' }: SpotlightActionData): string => `${label} ${description}`;

/** Whatever has every word of the question, in any order; all in the same order as without one. */
const findAll = (query: string, actions: readonly SpotlightActionData[]): SpotlightActionData[] =>
  actions.filter((action) => hasWords(textOf(action), query)).slice(0, shown);

/** Where one can go: pages first, then every tenant-environment that one can see. */
function useActions(): readonly SpotlightActionData[] {
  const navigate = useNavigate();
  const projects = useQuery(apiQuery('listProjects', { query: { limit: 50 } })).data?.items ?? [];
  const places = useQueries({
    queries: projects.map(({ slug }) => apiQuery('listTenantEnvironments', { params: { slug } })),
  });
  return [
    ...mainPages.map(({ to, word, icon: Icon }) => ({
      id: to,
      label: word,
      leftSection: <Icon size={18} aria-hidden />,
      onClick: () => void navigate({ to }),
    })),
    ...projects.flatMap(({ slug: project }, index) =>
      (places[index]?.data?.items ?? []).map(({ tenant, environment, services }) => ({
        id: `${project} ${tenant}/${environment}`,
        label: `${tenant} / ${environment}`,
        description: `${project} · ${services.join(', ')}`,
        leftSection: <IconTargetArrow size={18} aria-hidden />,
        onClick: () =>
          void navigate({
            to: '/projects/$project/$tenant/$environment',
            params: { project, tenant, environment },
          }),
      })),
    ),
  ];
}

/** Search over everything that has a page. It is open as long as it is shown. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }): ReactElement {
  const actions = useActions();
  useEffect(() => palette.open(), []);
  return (
    <Spotlight
      store={store}
      actions={[...actions]}
      onSpotlightClose={onClose}
      shortcut={null}
      attributes={{ content: { 'aria-label': 'Search' } }}
      classNames={{ actionDescription: classes['description'] ?? '' }}
      filter={(query, all) => findAll(query, all as readonly SpotlightActionData[])}
      highlightQuery
      scrollable
      maxHeight={420}
      nothingFound="Nothing has this name"
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: 'Page, tenant, environment or service',
        'aria-label': 'Search',
      }}
    />
  );
}
