import { Link } from '@tanstack/react-router';
import { IconHourglass, IconPlayerPause } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { Ago } from '../../parts/ago.tsx';
import { shortSha } from '../../words/short-sha.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { healthOf } from '../../parts/states.ts';
import { counted } from '../../words/counted.ts';
import type { Place } from './matrix.tsx';
import classes from './matrix.module.css';
import { shortSummary } from './short-summary.ts';

/** What runs in one tenant-environment, as a link to its page, and how it was last seen. */
export function MatrixCell({
  project,
  place,
}: {
  readonly project: string;
  readonly place: Place;
}): ReactElement {
  const { tenant, environment, current, openRequests, holds } = place;
  const health = healthOf(current);
  const isFine = health.tone === 'good' || health.tone === 'none';
  return (
    <Link
      to="/projects/$project/$tenant/$environment"
      params={{ project, tenant, environment }}
      className={classes['cell'] ?? ''}
      title={current?.changes.summary ?? 'No deployment is indexed yet'}
    >
      <StateBadge sign={health} short />
      <span className={classes['words']}>
        {current ? (
          <>
            <span className={classes['line']}>{shortSummary(current.changes.summary)}</span>
            <span className={classes['quiet']}>
              {isFine ? null : <span className={classes[health.tone]}>{health.word} · </span>}
              <span className={classes['sha']}>{shortSha(current.revision)}</span> ·{' '}
              <Ago at={current.timestamp} /> · {current.author.name}
            </span>
          </>
        ) : (
          <span className={classes['quiet']}>no deployment yet</span>
        )}
      </span>
      {openRequests + holds > 0 ? (
        <span className={classes['waits']}>
          {openRequests > 0 ? (
            <span title={counted(openRequests, 'open request')}>
              <IconHourglass size={14} aria-hidden /> {openRequests} open
            </span>
          ) : null}
          {holds > 0 ? (
            <span title={`${counted(holds, 'value')} may not come back for now`}>
              <IconPlayerPause size={14} aria-hidden /> {holds} held
            </span>
          ) : null}
        </span>
      ) : null}
    </Link>
  );
}
