import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { Ago } from '../../parts/ago.tsx';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Person } from '../../parts/person.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { requestSigns } from '../../parts/states.ts';
import { requestTitle } from '../../words/request-title.ts';
import classes from './request-table.module.css';

type Row = ResultOf<'listRequests'>['items'][number];

const columns = ['State', 'Request', 'Requester', 'Approvals', 'Submitted'];

/** A line for each request: its state, what it is about and why, who asked, and how many approvals it has. */
export function RequestTable({ rows }: { readonly rows: readonly Row[] }): ReactElement {
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <ColumnHeads columns={columns} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <StateBadge sign={requestSigns[row.state]} />
            </td>
            <td className={classes['what'] ?? ''}>
              <PageLink to="/requests/$id" params={{ id: row.id }} size="sm" fw={500}>
                {requestTitle(row)}
              </PageLink>
              <Text size="xs" c="dimmed" lineClamp={1}>
                {row.breakGlass ? 'break-glass · ' : ''}
                {row.recurring === null ? '' : `rollback ${row.recurring} within 30 days · `}
                {row.justification}
              </Text>
            </td>
            <td data-label="Requester">
              <Person of={row.requester} />
            </td>
            <td data-label="Approvals">
              {row.approvalsNeeded === 0 ? 'none needed' : `${row.approvalsCounted}/${row.approvalsNeeded}`}
              {row.waitsForMe ? <div className={classes['waits']}>waits for you</div> : null}
            </td>
            <td data-label="Submitted">
              <Ago at={row.submittedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
