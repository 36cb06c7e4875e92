import { useQuery } from '@tanstack/react-query';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { PageLink } from '../../parts/links.tsx';
import classes from './history-table.module.css';

/** Why somebody rolled back, beside the deployment that did it, with the request as a link. */
export function RollbackReason({ id }: { readonly id: string }): ReactElement {
  const { data } = useQuery(apiQuery('getRequest', { params: { id } }));
  return (
    <div className={classes['reason']}>
      <IconArrowBackUp size={13} aria-hidden />{' '}
      <PageLink to="/requests/$id" params={{ id }} size="xs">
        {data ? `“${data.justification}”` : id}
      </PageLink>
    </div>
  );
}
