import type { ReactElement } from 'react';

/** The heads of a table's columns, for its first row. */
export function ColumnHeads({ columns }: { readonly columns: readonly string[] }): ReactElement {
  return (
    <>
      {columns.map((column) => (
        <th key={column} scope="col">
          {column}
        </th>
      ))}
    </>
  );
}
