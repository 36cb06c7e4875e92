import { Badge, Button, Group, Radio, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconStarFilled } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { pagedQuery } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { ShowMore } from '../../parts/show-more.tsx';
import { shortSha } from '../../words/short-sha.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { deploymentSigns } from '../../parts/states.ts';
import { placeCommand } from '../../words/place-command.ts';
import classes from './choices.module.css';
import { type Draft, modeOf } from './draft.ts';
import { type Recommendation, recommend } from './recommended.ts';
import { StepFrame } from './step-frame.tsx';
import { useChangeDraft } from './use-draft.ts';

/** How far back: the history of this scope, with the one to begin with marked, and why. */
export function RevisionStep({ draft }: { readonly draft: Draft }): ReactElement {
  const change = useChangeDraft();
  const { project = '', tenant, environment, target } = draft;
  const service = modeOf(draft) === 'full' ? undefined : draft.service;
  const history = useInfiniteQuery(
    pagedQuery('listDeployments', {
      params: { slug: project },
      query: { tenant, environment, service, limit: 50 },
    }),
  );
  const rows = history.data?.pages.flatMap(({ items }) => items) ?? [];
  const recommended = recommend(rows, service);
  return (
    <StepFrame
      title="Back to which revision?"
      actions={
        <Button disabled={target === undefined} onClick={() => change({ step: 'preview' })}>
          Next: preview
        </Button>
      }
    >
      {history.error ? <RefusalAlert error={history.error} /> : null}
      {history.isPending ? <Loading lines={6} /> : null}
      {recommended ? <Recommended of={recommended} /> : null}
      {history.data && rows.length < 2 ? (
        <NoEarlier draft={draft} service={service} found={rows.length} />
      ) : (
        <Revisions rows={rows} target={target} recommended={recommended?.target} />
      )}
      <ShowMore of={history} label="Show older deployments" />
    </StepFrame>
  );
}

interface NoEarlierProps {
  readonly draft: Draft;
  readonly service: string | undefined;
  readonly found: number;
}

function NoEarlier({ draft, service, found }: NoEarlierProps): ReactElement {
  const { project = '', tenant = '', environment = '' } = draft;
  const setting = service === undefined ? 'SERVICE:FIELD=VALUE' : 'FIELD=VALUE';
  return (
    <EmptyState
      title="There is no earlier deployment here"
      command={placeCommand('release', { project, tenant, environment, service }, ['--set', setting])}
    >
      The history has {found === 0 ? 'no deployment' : 'one deployment'} of{' '}
      {service ?? 'this tenant-environment'}. A release is the next one:
    </EmptyState>
  );
}

function Revisions({
  rows,
  target,
  recommended,
}: {
  readonly rows: readonly Deployment[];
  readonly target: string | undefined;
  readonly recommended: Deployment | undefined;
}): ReactElement {
  const change = useChangeDraft();
  return (
    <Radio.Group
      aria-label="Revision"
      value={target ?? ''}
      onChange={(value) => change({ target: value, field: [] }, { replace: true })}
    >
      <div className={classes['rows']}>
        {rows.map((row) => (
          <RevisionRow key={row.revision} row={row} isRecommended={recommended?.revision === row.revision} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Recommended({ of: { target, takesBack, because } }: { readonly of: Recommendation }): ReactElement {
  const change = useChangeDraft();
  return (
    <Group gap="xs">
      <Text size="sm">
        Recommended: {shortSha(target.revision)}, which takes back “{takesBack.changes.summary}”: {because}.
      </Text>
      <Button variant="light" onClick={() => change({ target: target.revision, field: [], step: 'preview' })}>
        Preview it
      </Button>
    </Group>
  );
}

function RevisionRow({
  row,
  isRecommended,
}: {
  readonly row: Deployment;
  readonly isRecommended: boolean;
}): ReactElement {
  const { revision, changes, author, timestamp, status, source, current } = row;
  return (
    <Radio.Card
      value={revision}
      disabled={current}
      className={classes['row'] ?? ''}
      aria-label={`${shortSha(revision)} ${changes.summary}`}
    >
      <Group gap="sm" wrap="nowrap" className={classes['revision'] ?? ''}>
        <Radio.Indicator />
        <Text size="sm" ff="monospace" component="span">
          {shortSha(revision)}
        </Text>
        <div className={classes['what']}>
          <div className={classes['summary']}>{changes.summary}</div>
          <Text size="xs" c="dimmed">
            {[source, author.name, changes.services.join(', ')].filter((part) => part !== '').join(' · ')} ·{' '}
            <Ago at={timestamp} />
          </Text>
        </div>
        {isRecommended ? (
          <Badge variant="default" tt="none" leftSection={<IconStarFilled size={10} aria-hidden />}>
            recommended
          </Badge>
        ) : null}
        {current ? (
          <Text size="xs" c="dimmed" component="span">
            current
          </Text>
        ) : null}
        <StateBadge sign={deploymentSigns[status]} />
      </Group>
    </Radio.Card>
  );
}
