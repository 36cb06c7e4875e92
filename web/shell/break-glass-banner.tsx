import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconFlame } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { apiQuery } from '../api/queries.ts';
import { useNow } from '../parts/use-now.ts';
import { ago, utcText } from '../words/ago.ts';
import classes from './shell.module.css';

/** On every page while somebody acts without approvals: who, where, until when, and the way to the session. */
export function BreakGlassBanner(): ReactElement {
  const now = useNow();
  const { data } = useQuery(apiQuery('listUnreviewedBreakGlass', { query: { limit: 100 } }));
  const open = (data?.items ?? []).filter(
    ({ state, expiresAt }) => state === 'open' && Date.parse(expiresAt) > now,
  );
  return (
    <div role="status">
      {open.map(({ id, project, by, expiresAt, justification }) => (
        <div key={id} className={classes['alarm'] ?? ''}>
          <IconFlame size={16} aria-hidden />
          <strong>Break-glass</strong> is open in {project} for {by.name}; it ends{' '}
          <time dateTime={expiresAt} title={utcText(expiresAt)}>
            {Date.parse(expiresAt) - now < 60_000 ? 'in less than a minute' : ago(Date.parse(expiresAt), now)}
          </time>
          {justification === '' ? null : <span className={classes['alarmWhy']}>“{justification}”</span>}
          <Link
            to="/projects/$project/break-glass"
            params={{ project }}
            hash={id}
            className={classes['alarmLink'] ?? ''}
          >
            See the session
          </Link>
        </div>
      ))}
    </div>
  );
}
