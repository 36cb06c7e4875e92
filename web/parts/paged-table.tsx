import { Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { CommandLine } from './command-line.tsx';
import { DataTable } from './data-table.tsx';
import { Loading } from './loading.tsx';
import { RefusalAlert } from './refusal-alert.tsx';
import { ShowMore, type ShowMoreProps } from './show-more.tsx';

/** As much of a `useInfiniteQuery` over pages of rows as the table needs. */
export interface PagesOf<Row> {
  readonly data: { readonly pages: readonly { readonly items: readonly Row[] }[] } | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly refetch: () => Promise<unknown>;
}

export interface PagedTableProps<Row> {
  readonly of: PagesOf<Row> & ShowMoreProps['of'];
  readonly label: string;
  readonly columns: readonly string[];
  /** What to say when there is no row. */
  readonly empty: string;
  /** What to type where there is none. */
  readonly command?: string;
  /** One row, a `tr` with a key that begins with `th scope="row"`. */
  readonly row: (row: Row) => ReactElement;
}

/** A list that comes page by page: while it loads, when that fails, when it is empty, and the rest on demand. */
export function PagedTable<Row>({
  of,
  label,
  columns,
  empty,
  command,
  row,
}: PagedTableProps<Row>): ReactElement {
  const rows = of.data?.pages.flatMap(({ items }) => items);
  return (
    <Stack gap="xs" align="stretch">
      {of.error && !rows ? <RefusalAlert error={of.error} onRetry={() => void of.refetch()} /> : null}
      {of.isPending ? <Loading lines={3} /> : null}
      {rows?.length === 0 ? (
        <>
          <Text size="sm" c="dimmed">
            {empty}
          </Text>
          {command === undefined ? null : <CommandLine text={command} />}
        </>
      ) : null}
      {rows && rows.length > 0 ? (
        <DataTable label={label} columns={columns}>
          {rows.map((each) => row(each))}
        </DataTable>
      ) : null}
      <div>
        <ShowMore of={of} label="Show more" variant="default" />
      </div>
    </Stack>
  );
}
