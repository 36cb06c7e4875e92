import '@mantine/spotlight/styles.css';
import { Spotlight, type SpotlightActionData, createSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type ReactElement, useEffect } from 'react';
import { hasWords } from '../words/has-words.ts';
import classes from './command-palette.module.css';
import { usePaletteActions } from './palette-actions.ts';

const [store, palette] = createSpotlight();

/** How many answers are shown at most. */
const shown = 12;

const textOf = ({ label = '', description = '' }: SpotlightActionData): string => `${label} ${description}`;

/** Whatever has every word of the question, in any order; all in the same order as without one. */
const findAll = (query: string, actions: readonly SpotlightActionData[]): SpotlightActionData[] =>
  actions.filter((action) => hasWords(textOf(action), query)).slice(0, shown);

/** Search over everything that has a page, and over what can be started from anywhere. It is open as long as it is shown. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }): ReactElement {
  const actions = usePaletteActions();
  useEffect(() => palette.open(), []);
  return (
    <Spotlight
      store={store}
      actions={actions.map(({ icon: Icon, ...action }) => ({
        ...action,
        leftSection: <Icon size={18} aria-hidden />,
      }))}
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
        placeholder: 'Page, tenant, environment, service, or what to do',
        'aria-label': 'Search',
      }}
    />
  );
}
