import { useQueries, useQuery } from '@tanstack/react-query';
import { IconFlame } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { apiQuery } from '../api/queries.ts';
import { useNow } from '../parts/use-now.ts';
import { ago, utcText } from '../words/ago.ts';
import classes from './shell.module.css';

/** Projects that are asked for open sessions; further ones show theirs on their own pages. */
const asked = 20;

/** On every page while somebody acts without approvals: who, where, and until when. */
export function BreakGlassBanner(): ReactElement {
  const now = useNow();
  const projects = useQuery(apiQuery('listProjects', { query: { limit: asked } })).data?.items ?? [];
  const sessions = useQueries({
    queries: projects.map(({ slug }) =>
      apiQuery('listBreakGlass', { params: { slug }, query: { limit: 10 } }),
    ),
  }).flatMap(({ data }) => data?.items ?? []);
  const open = sessions.filter(({ state, expiresAt }) => state === 'open' && Date.parse(expiresAt) > now);
  return (
    <div role="status">
      {open.map(({ id, project, by, expiresAt, justification }) => (
        <div key={id} className={classes['alarm'] ?? ''} title={justification}>
          <IconFlame size={16} aria-hidden />
          <strong>Break-glass</strong> is open in {project} for {by.name}; it ends{' '}
          <time dateTime={expiresAt} title={utcText(expiresAt)}>
            {ago(Date.parse(expiresAt), now)}
          </time>
        </div>
      ))}
    </div>
  );
}
