import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { ColumnHeads } from './column-heads.tsx';
import classes from './data-table.module.css';

export interface DataTableProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** Rows, each a `tr` that begins with `th scope="row"`. */
  readonly children: ReactNode;
}

/** The names of the columns for the style sheet, which writes them beside the values where there is no room for a head. */
const namesOf = (columns: readonly string[]): CSSProperties =>
  Object.fromEntries(columns.map((column, index) => [`--column-${index + 1}`, JSON.stringify(column)]));

/** A table; on a phone each row is a card, and each value has the name of its column beside it. */
export function DataTable({ label, columns, children }: DataTableProps): ReactElement {
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={classes['table']} style={namesOf(columns)}>
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
