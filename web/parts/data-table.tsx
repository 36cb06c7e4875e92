import type { ReactElement, ReactNode } from 'react';
import { ColumnHeads } from './column-heads.tsx';
import classes from './data-table.module.css';

export interface DataTableProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** Rows, each a `tr` that begins with `th scope="row"`. */
  readonly children: ReactNode;
}

/** A table that scrolls by itself where the window is narrow. */
export function DataTable({ label, columns, children }: DataTableProps): ReactElement {
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <ColumnHeads columns={columns} />
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
