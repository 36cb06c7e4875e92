import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { Ago } from '../../parts/ago.tsx';
import { Person } from '../../parts/person.tsx';
import { Sha } from '../../parts/sha.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { deploymentSigns } from '../../parts/states.ts';
import { utcText } from '../../words/ago.ts';
import { shortSha } from '../../words/short-sha.ts';
import { counted } from '../../words/counted.ts';
import { DeploymentDetails } from './deployment-details.tsx';
import classes from './history-table.module.css';
import { RollbackReason } from './rollback-reason.tsx';
import { RowActions } from './row-actions.tsx';

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment');

export interface HistoryRowProps {
  readonly project: string;
  readonly row: Deployment;
  readonly index: number;
  /** Told the element, so that its true height is known. */
  readonly measure: (element: HTMLElement | null) => void;
}

function Changes({
  row,
  open,
  onToggle,
}: {
  readonly row: Deployment;
  readonly open: boolean;
  readonly onToggle: () => void;
}): ReactElement {
  const { summary, services, files, fields } = row.changes;
  const counts = [services.join(', '), !fields ? counted(files, 'file') : counted(fields, 'field')];
  return (
    <>
      <UnstyledButton className={classes['summary'] ?? ''} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight size={14} aria-hidden className={classes['chevron'] ?? ''} />
        <span title={summary}>{summary}</span>
      </UnstyledButton>
      <div className={classes['quiet']}>{counts.filter((text) => text !== '').join(' · ')}</div>
      {row.source === 'rollback' && row.requestId !== null ? <RollbackReason id={row.requestId} /> : null}
    </>
  );
}

/** Whether a row stands open, which is for the address to say, and how that is changed. */
function useOpen(name: string): readonly [boolean, () => void] {
  const { open = [] } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const isOpen = open.includes(name);
  const next = isOpen ? open.filter((each) => each !== name) : [...open, name];
  return [
    isOpen,
    () =>
      void navigate({ search: (before) => ({ ...before, open: next }), replace: true, resetScroll: false }),
  ];
}

/** One deployment: a line that opens into its message and fields. */
export function HistoryRow({ project, row, index, measure }: HistoryRowProps): ReactElement {
  const [open, toggle] = useOpen(shortSha(row.revision));
  return (
    <tbody ref={measure} data-index={index} className={classes['row']}>
      <tr aria-rowindex={index + 2} data-current={row.current || undefined}>
        <td data-label="Revision">
          <Sha value={row.revision} />
        </td>
        <td data-label="Timestamp" className={classes['time']}>
          <Ago at={row.timestamp} />
          <div className={classes['quiet']}>{utcText(row.timestamp).slice(0, 16)}</div>
        </td>
        <td data-label="Author" className={classes['author']}>
          <Person of={row.author} bot={row.bot} />
        </td>
        <td data-label="Changes" className={classes['changes']}>
          <Changes row={row} open={open} onToggle={toggle} />
        </td>
        <td data-label="Source">
          {row.source}
          {row.pullRequest === null ? null : <div className={classes['quiet']}>#{row.pullRequest}</div>}
        </td>
        <td data-label="Status">
          <StateBadge sign={deploymentSigns[row.status]} />
          {row.current ? <div className={classes['quiet']}>current</div> : null}
          {row.knownGood.standing === 'good' ? (
            <div className={classes['quiet']} title={row.knownGood.reason}>
              ★ known good
            </div>
          ) : null}
          {row.recurring === null ? null : (
            <div className={classes['recurring']}>rollback {row.recurring} in 30 days</div>
          )}
        </td>
        <td className={classes['actions']}>
          <div className={classes['buttons']}>
            <RowActions project={project} row={row} />
          </div>
        </td>
      </tr>
      {open ? (
        <tr className={classes['details'] ?? ''}>
          <td colSpan={7}>
            <DeploymentDetails project={project} row={row} />
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}
