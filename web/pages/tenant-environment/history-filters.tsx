import { Group, NativeSelect, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { type ReactElement, useEffect, useState } from 'react';
import { deploymentSources } from '../../../src/domain/deployment/deployment.ts';
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

/** A field whose text becomes a filter once the typing pauses. */
function TextFilter({
  name,
  label,
}: {
  readonly name: 'author' | 'text';
  readonly label: string;
}): ReactElement {
  const [filters, change] = useFilter();
  const set = filters[name] ?? '';
  const [typed, setTyped] = useState(set);
  const [seen, setSeen] = useState(set);
  if (seen !== set) {
    setSeen(set);
    setTyped(set);
  }
  useEffect(() => {
    if (typed === set) return undefined;
    const timer = setTimeout(() => change({ [name]: typed === '' ? undefined : typed }), 250);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      w={name === 'text' ? 200 : 130}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      {...(name === 'text' ? { 'data-search': true, leftSection: <IconSearch size={14} aria-hidden /> } : {})}
    />
  );
}

/** Which rows are shown: by service, source, author, and the words of the summary or the start of the revision. */
export function HistoryFilters({ services }: { readonly services: readonly string[] }): ReactElement {
  const [filters, change] = useFilter();
  return (
    <Group gap="xs" role="search" aria-label="Filter the history">
      <TextFilter name="text" label="Summary or revision" />
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
      <TextFilter name="author" label="Author" />
    </Group>
  );
}
