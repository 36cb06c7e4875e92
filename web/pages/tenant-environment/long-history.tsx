import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { HistoryFrame } from './history-frame.tsx';
import { HistoryRow } from './history-row.tsx';
import type { HistoryTableProps } from './history-table.tsx';

const usualHeight = 61;

/** Draws only the rows that are in view, so that years of history scroll like a page of it. */
function useRowsInView(rows: readonly Deployment[]) {
  const table = useRef<HTMLTableElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (table.current) setTop(table.current.getBoundingClientRect().top + window.scrollY);
  }, []);
  const list = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => usualHeight,
    overscan: 8,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.revision ?? index,
  });
  const inView = list.getVirtualItems();
  const last = inView.at(-1);
  return {
    table,
    list,
    inView,
    before: (inView[0]?.start ?? top) - top,
    after: last ? list.getTotalSize() - (last.end - top) : 0,
    endIndex: last?.index ?? 0,
  };
}

/** Many deployments. Rows beyond the window are not in the page; `aria-rowcount` says how many there are. */
export function LongHistory({ project, rows, onEnd }: HistoryTableProps): ReactElement {
  const { table, list, inView, before, after, endIndex } = useRowsInView(rows);
  const reachEnd = useEffectEvent(onEnd);
  useEffect(() => {
    if (endIndex >= rows.length - 1) reachEnd();
  }, [endIndex, rows.length]);
  return (
    <HistoryFrame ref={table} count={rows.length}>
      {before > 0 ? (
        <tbody aria-hidden>
          <tr style={{ height: before }} />
        </tbody>
      ) : null}
      {inView.map(({ index, key }) => {
        const row = rows[index];
        return row ? (
          <HistoryRow
            key={String(key)}
            project={project}
            row={row}
            index={index}
            measure={list.measureElement}
          />
        ) : null;
      })}
      {after > 0 ? (
        <tbody aria-hidden>
          <tr style={{ height: after }} />
        </tbody>
      ) : null}
    </HistoryFrame>
  );
}
