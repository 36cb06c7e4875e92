import type { ReactElement, ReactNode, Ref } from 'react';
import { ColumnHeads } from '../../parts/column-heads.tsx';
import classes from './history-table.module.css';

const columns = ['Revision', 'Timestamp', 'Author', 'Changes', 'Source', 'Status', 'Actions'];

export interface HistoryFrameProps {
  readonly ref?: Ref<HTMLTableElement>;
  /** How many deployments there are, in the page or not. */
  readonly count: number;
  readonly children: ReactNode;
}

/** The table of deployments without its rows. */
export function HistoryFrame({ ref, count, children }: HistoryFrameProps): ReactElement {
  return (
    <table ref={ref} className={classes['table']} aria-rowcount={count + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <ColumnHeads columns={columns} />
        </tr>
      </thead>
      {children}
    </table>
  );
}
