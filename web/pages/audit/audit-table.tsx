import { Code, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { Ago } from '../../parts/ago.tsx';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Person } from '../../parts/person.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { utcText } from '../../words/ago.ts';
import classes from './audit-table.module.css';
import { flagSign } from './flag-signs.ts';

type Row = ResultOf<'listAudit'>['items'][number];

const routeApi = getRouteApi('/signed-in/audit');

const columns = ['Row', 'Time', 'Who', 'Action', 'Object', 'Hash'];

/** The log as a table, newest first. */
export function AuditTable({ rows }: { readonly rows: readonly Row[] }): ReactElement {
  return (
    <table className={classes['table']}>
      <thead>
        <tr>
          <ColumnHeads columns={columns} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <AuditLine key={row.seq} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function ObjectCell({ row: { object, project, requestId } }: { readonly row: Row }): ReactElement {
  const isRequest = object.type === 'request';
  return (
    <>
      {isRequest ? null : (
        <div>
          {object.type.replaceAll('_', ' ')} <span className={classes['id']}>{object.id}</span>
        </div>
      )}
      {requestId === null ? null : (
        <div>
          request{' '}
          <PageLink to="/requests/$id" params={{ id: requestId }} size="sm" className={classes['id'] ?? ''}>
            {requestId}
          </PageLink>
        </div>
      )}
      {project === null ? null : <div className={classes['quiet']}>in {project}</div>}
    </>
  );
}

function ActionCell({
  row: { seq, action, flags },
  open,
  onToggle,
}: {
  readonly row: Row;
  readonly open: boolean;
  readonly onToggle: () => void;
}): ReactElement {
  return (
    <>
      <UnstyledButton
        className={classes['name'] ?? ''}
        aria-expanded={open}
        aria-label={`${action}, row ${seq}`}
        onClick={onToggle}
      >
        <IconChevronRight size={14} aria-hidden className={classes['chevron'] ?? ''} />
        {action}
      </UnstyledButton>
      <div className={classes['flags']}>
        {flags.map((flag) => (
          <StateBadge key={flag} sign={flagSign(flag)} />
        ))}
      </div>
    </>
  );
}

/** One row of the log: a line that opens into its particulars. */
function AuditLine({ row }: { readonly row: Row }): ReactElement {
  const { open = [] } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const { seq, at, actor, credential, flags, hash } = row;
  const short = hash.slice(0, 8);
  const isOpen = open.includes(`${seq}`);
  const next = isOpen ? open.filter((each) => each !== `${seq}`) : [...open, `${seq}`];
  const toggle = (): void =>
    void navigate({ search: (before) => ({ ...before, open: next }), replace: true, resetScroll: false });
  return (
    <>
      <tr data-alarm={flags.includes('break_glass') || undefined}>
        <td className={classes['quiet']}>{seq}</td>
        <td className={classes['time']}>
          <Ago at={at} />
          <div className={classes['quiet']}>{utcText(at)}</div>
        </td>
        <td>
          <Person of={actor} />
          <div className={classes['quiet']}>{credential.kind}</div>
        </td>
        <td className={classes['action']}>
          <ActionCell row={row} open={isOpen} onToggle={toggle} />
        </td>
        <td className={classes['object']}>
          <ObjectCell row={row} />
        </td>
        <td>
          <Copyable text={hash} what={`hash ${short}`}>
            {short}
          </Copyable>
        </td>
      </tr>
      {isOpen ? <Particulars row={row} /> : null}
    </>
  );
}

function Particulars({ row: { seq, details, credential, prev } }: { readonly row: Row }): ReactElement {
  return (
    <tr className={classes['details'] ?? ''}>
      <td colSpan={columns.length}>
        <Code block tabIndex={0} role="group" aria-label={`Particulars of row ${seq}`}>
          {JSON.stringify(details, null, 2)}
        </Code>
        <div className={classes['quiet']}>
          {credential.kind} {credential.id} · continues {prev.slice(0, 8)}
        </div>
      </td>
    </tr>
  );
}
