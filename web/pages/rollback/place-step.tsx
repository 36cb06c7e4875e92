import { Button, Group, NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { apiQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { healthOf } from '../../parts/states.ts';
import { hasWords } from '../../words/has-words.ts';
import classes from './choices.module.css';
import { type Draft, modeOf } from './draft.ts';
import { StepFrame } from './step-frame.tsx';
import { useChangeDraft } from './use-draft.ts';

type Place = ResultOf<'listTenantEnvironments'>['items'][number];

/** Where: the project, the tenant-environment with what runs there, and the service unless all of it goes back. */
export function PlaceStep({ draft }: { readonly draft: Draft }): ReactElement {
  const change = useChangeDraft();
  const { data: projects } = useSuspenseQuery(apiQuery('listProjects'));
  const project = draft.project ?? projects.items[0]?.slug;
  if (project === undefined) {
    return (
      <StepFrame title="Where?">
        <EmptyState title="There is no project yet" command="knowngood projects create shop">
          Create one, or connect a repository that you have.
        </EmptyState>
      </StepFrame>
    );
  }
  return (
    <StepFrame title="Where?">
      {projects.items.length > 1 ? (
        <NativeSelect
          label="Project"
          size="xs"
          value={project}
          data={projects.items.map(({ slug }) => slug)}
          onChange={({ currentTarget: { value } }) =>
            change(
              {
                project: value,
                tenant: undefined,
                environment: undefined,
                service: undefined,
                findPlace: undefined,
              },
              { replace: true },
            )
          }
        />
      ) : null}
      <Places project={project} draft={draft} />
    </StepFrame>
  );
}

const nameOf = ({ tenant, environment }: Pick<Place, 'tenant' | 'environment'>): string =>
  `${tenant}/${environment}`;

function Places({ project, draft }: { readonly project: string; readonly draft: Draft }): ReactElement {
  const change = useChangeDraft();
  const { findPlace = '' } = draft;
  const { data, error } = useQuery(apiQuery('listTenantEnvironments', { params: { slug: project } }));
  if (error) return <RefusalAlert error={error} />;
  if (!data) return <Loading />;
  const chosen = data.items.find(
    ({ tenant, environment }) => tenant === draft.tenant && environment === draft.environment,
  );
  const shown = data.items.filter((place) => hasWords(nameOf(place), findPlace));
  return (
    <>
      <Stack gap="xs">
        <SearchField
          isMain
          label="Filter tenant-environments"
          w={240}
          set={findPlace}
          onSearch={(words) => change({ findPlace: words }, { replace: true })}
        />
        <Radio.Group
          aria-label="Tenant-environment"
          value={chosen ? nameOf(chosen) : ''}
          onChange={(value) => {
            const place = data.items.find((each) => nameOf(each) === value);
            if (place)
              change(
                { project, tenant: place.tenant, environment: place.environment, target: undefined },
                { replace: true },
              );
          }}
        >
          <div className={classes['rows']}>
            {shown.map((place) => (
              <PlaceRow key={nameOf(place)} place={place} />
            ))}
          </div>
        </Radio.Group>
      </Stack>
      {chosen && modeOf(draft) !== 'full' ? <ServiceChoice place={chosen} draft={draft} /> : null}
      <ToRevision project={project} draft={draft} hasPlace={chosen !== undefined} />
    </>
  );
}

function ToRevision({
  project,
  draft,
  hasPlace,
}: {
  readonly project: string;
  readonly draft: Draft;
  readonly hasPlace: boolean;
}): ReactElement {
  const change = useChangeDraft();
  const isReady = hasPlace && (modeOf(draft) === 'full' || draft.service !== undefined);
  return (
    <Group>
      <Button disabled={!isReady} onClick={() => change({ project, step: 'revision' })}>
        Next: revision
      </Button>
    </Group>
  );
}

function PlaceRow({ place }: { readonly place: Place }): ReactElement {
  const { current } = place;
  return (
    <Radio.Card value={nameOf(place)} className={classes['row'] ?? ''} aria-label={nameOf(place)}>
      <Group gap="sm" wrap="nowrap" align="center">
        <Radio.Indicator />
        <div className={classes['what']}>
          <Text size="sm" fw={600} component="span">
            {place.tenant} / {place.environment}
          </Text>{' '}
          <Text size="sm" c="dimmed" lineClamp={1}>
            {current ? current.changes.summary : 'no deployment is indexed yet'}
          </Text>
        </div>
        {current ? (
          <Text size="xs" c="dimmed" component="span">
            <Ago at={current.timestamp} />
          </Text>
        ) : null}
        <StateBadge sign={healthOf(current)} />
      </Group>
    </Radio.Card>
  );
}

function ServiceChoice({ place, draft }: { readonly place: Place; readonly draft: Draft }): ReactElement {
  const change = useChangeDraft();
  return (
    <Radio.Group
      label="Service"
      value={draft.service ?? ''}
      onChange={(service) => change({ service, target: undefined, field: [] }, { replace: true })}
    >
      <Group gap="md" mt={4}>
        {place.services.map((service) => (
          <Radio key={service} value={service} label={service} size="xs" />
        ))}
      </Group>
    </Radio.Group>
  );
}
