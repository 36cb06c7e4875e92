import { Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { Ago } from '../../parts/ago.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Person } from '../../parts/person.tsx';
import { Sha } from '../../parts/sha.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { healthOf } from '../../parts/states.ts';
import { counted } from '../../words/counted.ts';
import classes from './current-state.module.css';

type Place = ResultOf<'listTenantEnvironments'>['items'][number];

function Fact({ word, children }: { readonly word: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const approvals = (needed: number): string =>
  needed === 0 ? 'none; runs at once' : counted(needed, 'approval');

/** What is in force, who brought it, and what stands around it. */
export function CurrentState({
  project,
  place,
}: {
  readonly project: string;
  readonly place: Place;
}): ReactElement {
  const { current, services, openRequests, approvalsNeeded, tenant, environment } = place;
  return (
    <dl className={classes['facts']}>
      <Fact word="Running">
        {current ? (
          <>
            <Sha value={current.revision} />{' '}
            <Text span size="sm" c="dimmed">
              <Ago at={current.timestamp} /> by <Person of={current.author} bot={current.bot} />
            </Text>
            <Text size="sm" lineClamp={1} title={current.changes.summary}>
              {current.changes.summary}
            </Text>
          </>
        ) : (
          'no deployment is indexed yet'
        )}
      </Fact>
      <Fact word="Health">
        <StateBadge sign={healthOf(current)} />
        <Text size="xs" c="dimmed">
          {current?.knownGood.reason ?? 'no cluster reports for it'}
        </Text>
      </Fact>
      <Fact word="Services">
        {services.length}{' '}
        <Text size="xs" c="dimmed" lineClamp={2} title={services.join(', ')}>
          {services.join(', ')}
        </Text>
      </Fact>
      <Fact word="Open requests">
        {openRequests === 0 ? (
          'none'
        ) : (
          <PageLink to="/requests" search={{ project, tenant, environment }} size="sm">
            {openRequests} open
          </PageLink>
        )}
      </Fact>
      <Fact word="A rollback needs">{approvals(approvalsNeeded)}</Fact>
    </dl>
  );
}
