import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { type AuditSearch, actionGroups, readAuditSearch } from './audit-search.ts';
import { flagSign, flagWords } from './flag-signs.ts';

const routeApi = getRouteApi('/signed-in/audit');

type Change = (name: keyof AuditSearch, value: string) => void;

/** Puts a filter into the address; an empty text, and one that is none, takes it out. */
function useChangeFilter(): Change {
  const navigate = routeApi.useNavigate();
  return (name, value) =>
    void navigate({
      search: (before) => readAuditSearch({ ...before, [name]: value }),
      replace: true,
      resetScroll: false,
    });
}

/** The id of a request: taken when it is whole, with Enter or when the field is left. */
function RequestFilter({ set, change }: { readonly set: string; readonly change: Change }): ReactElement {
  return (
    <TextInput
      // What the address says replaces what was typed.
      key={set}
      data-search
      aria-label="Request"
      placeholder="Request, such as rbk-…"
      defaultValue={set}
      onBlur={({ currentTarget: { value } }) => change('request', value.trim())}
      onKeyDown={({ key, currentTarget: { value } }) => {
        if (key === 'Enter') change('request', value.trim());
      }}
    />
  );
}

/** Which rows are shown: by what was done, flag, project, request and day. */
export function AuditFilters(): ReactElement {
  const filters = routeApi.useSearch();
  const change = useChangeFilter();
  const projects = useQuery(apiQuery('listProjects', { query: { limit: 200 } })).data?.items ?? [];
  const slugs = new Set([...projects.map(({ slug }) => slug), ...[filters.project ?? []].flat()]);
  return (
    <Group gap="xs" role="search" aria-label="Filter the log" align="end">
      <NativeSelect
        size="xs"
        aria-label="Action"
        value={filters.action ?? ''}
        data={[{ value: '', label: 'Every action' }, ...actionGroups]}
        onChange={({ currentTarget: { value } }) => change('action', value)}
      />
      <NativeSelect
        size="xs"
        aria-label="Flag"
        value={filters.flag ?? ''}
        data={[
          { value: '', label: 'With and without flags' },
          ...flagWords.map((value) => ({ value, label: flagSign(value).word })),
        ]}
        onChange={({ currentTarget: { value } }) => change('flag', value)}
      />
      <NativeSelect
        size="xs"
        aria-label="Project"
        value={filters.project ?? ''}
        data={[{ value: '', label: 'Every project' }, ...slugs]}
        onChange={({ currentTarget: { value } }) => change('project', value)}
      />
      <RequestFilter set={filters.request ?? ''} change={change} />
      <DayFilter name="from" set={filters.from} change={change} />
      <DayFilter name="to" set={filters.to} change={change} />
    </Group>
  );
}

interface DayFilterProps {
  readonly name: 'from' | 'to';
  readonly set: string | undefined;
  readonly change: ReturnType<typeof useChangeFilter>;
}

/** Two empty dates look alike: which is which has to be seen. */
function DayFilter({ name, set, change }: DayFilterProps): ReactElement {
  const label = name === 'from' ? 'From this day, in UTC' : 'To this day, in UTC';
  const word = (
    <Text size="xs" c="dimmed" component="span">
      {name}
    </Text>
  );
  return (
    <TextInput
      type="date"
      aria-label={label}
      title={label}
      leftSection={word}
      leftSectionWidth={44}
      value={set ?? ''}
      onChange={({ currentTarget: { value } }) => change(name, value)}
    />
  );
}
