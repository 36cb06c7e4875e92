import { Group, NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { deploymentSources } from '../../../src/domain/deployment/deployment.ts';
import { SearchField } from '../../parts/search-field.tsx';
import type { HistorySearch } from './history-search.ts';
import { wordIn } from '../../words/search-text.ts';

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment');

/** Puts filters into the address, where a link and a reload keep them; the Back button does not stop at each letter. */
function useFilter(): readonly [HistorySearch, (change: HistorySearch) => void] {
  const filters = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  return [
    filters,
    (change) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
  ];
}

const pause = 250;

/** Which rows are shown: by service, source, author, and the words of the summary or the start of the revision. */
export function HistoryFilters({ services }: { readonly services: readonly string[] }): ReactElement {
  const [filters, change] = useFilter();
  return (
    <Group gap="xs" role="search" aria-label="Filter the history">
      <SearchField
        isMain
        label="Summary or revision"
        w={200}
        pause={pause}
        set={filters.text}
        onSearch={(text) => change({ text })}
      />
      <NativeSelect
        size="xs"
        aria-label="Service"
        value={filters.service ?? ''}
        data={[{ value: '', label: 'Every service' }, ...services]}
        onChange={({ currentTarget: { value } }) => change({ service: value === '' ? undefined : value })}
      />
      <NativeSelect
        size="xs"
        aria-label="Source"
        value={filters.source ?? ''}
        data={[{ value: '', label: 'Every source' }, ...deploymentSources]}
        onChange={({ currentTarget: { value } }) =>
          change({ source: wordIn({ value }, 'value', deploymentSources) })
        }
      />
      <SearchField
        label="Author"
        w={130}
        pause={pause}
        set={filters.author}
        onSearch={(author) => change({ author })}
      />
    </Group>
  );
}
