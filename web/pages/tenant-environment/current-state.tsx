import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { Ago } from '../../parts/ago.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Person } from '../../parts/person.tsx';
import { Sha } from '../../parts/sha.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { healthOf } from '../../parts/states.ts';
import { counted } from '../../words/counted.ts';
import { sentence } from '../../words/sentence.ts';

type Place = ResultOf<'listTenantEnvironments'>['items'][number];

const approvals = (needed: number): string =>
  needed === 0 ? 'no approval; it runs at once' : counted(needed, 'approval');

/** What is in force, who brought it, and what stands around it. */
export function CurrentState({
  project,
  place,
}: {
  readonly project: string;
  readonly place: Place;
}): ReactElement {
  const { openRequests, approvalsNeeded, tenant, environment } = place;
  const openOnes = (
    <PageLink to="/requests" search={{ project, tenant, environment }} size="sm">
      {openRequests} open
    </PageLink>
  );
  return (
    <Facts
      leading
      of={[
        ['Running', <Running key="running" place={place} />],
        ['Health', <Health key="health" place={place} />],
        ['Services', <Services key="services" project={project} place={place} />],
        ['Open requests', openRequests === 0 ? 'none' : openOnes],
        ['A rollback needs', approvals(approvalsNeeded)],
      ]}
    />
  );
}

function Running({ place: { current } }: { readonly place: Place }): ReactElement {
  if (!current) return <>no deployment is indexed yet</>;
  return (
    <>
      <Sha value={current.revision} />{' '}
      <Text span size="sm" c="dimmed">
        <Ago at={current.timestamp} /> by <Person of={current.author} bot={current.bot} />
      </Text>
      <Text size="sm" lineClamp={1} title={current.changes.summary}>
        {current.changes.summary}
      </Text>
    </>
  );
}

function Health({ place: { current } }: { readonly place: Place }): ReactElement {
  return (
    <>
      <StateBadge sign={healthOf(current)} />
      <Text size="xs" c="dimmed">
        {sentence(current?.knownGood.reason ?? 'no cluster reports for it')}
      </Text>
    </>
  );
}

function Services({
  project,
  place: { tenant, environment, services },
}: {
  readonly project: string;
  readonly place: Place;
}): ReactElement {
  const [first] = services;
  return (
    <>
      {services.length}{' '}
      {first === undefined ? null : (
        <PageLink
          to="/projects/$project/$tenant/$environment"
          params={{ project, tenant, environment }}
          search={(before) => ({ ...before, variables: first })}
          resetScroll={false}
          size="sm"
          underline="always"
        >
          Variables
        </PageLink>
      )}
      <Text size="xs" c="dimmed" lineClamp={2} title={services.join(', ')}>
        {services.join(', ')}
      </Text>
    </>
  );
}
