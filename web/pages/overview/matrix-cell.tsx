import { Link } from '@tanstack/react-router';
import { IconHourglass } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { Ago } from '../../parts/ago.tsx';
import { shortSha } from '../../words/short-sha.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { healthOf } from '../../parts/states.ts';
import type { Place } from './matrix.tsx';
import classes from './matrix.module.css';

/** What runs in one tenant-environment, as a link to its page, and how it was last seen. */
export function MatrixCell({
  project,
  place,
}: {
  readonly project: string;
  readonly place: Place;
}): ReactElement {
  const { tenant, environment, current, openRequests } = place;
  return (
    <Link
      to="/projects/$project/$tenant/$environment"
      params={{ project, tenant, environment }}
      className={classes['cell'] ?? ''}
      title={current?.changes.summary ?? 'No deployment is indexed yet'}
    >
      <StateBadge sign={healthOf(current)} short />
      <span className={classes['words']}>
        {current ? (
          <>
            <span className={classes['line']}>{current.changes.summary}</span>
            <span className={classes['quiet']}>
              <span className={classes['sha']}>{shortSha(current.revision)}</span> ·{' '}
              <Ago at={current.timestamp} /> · {current.author.name}
            </span>
          </>
        ) : (
          <span className={classes['quiet']}>no deployment yet</span>
        )}
      </span>
      {openRequests > 0 ? (
        <span className={classes['open']} title={`${openRequests} open`}>
          <IconHourglass size={14} aria-hidden /> {openRequests} open
        </span>
      ) : null}
    </Link>
  );
}
