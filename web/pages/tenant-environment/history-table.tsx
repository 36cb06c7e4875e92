import { type ReactElement, Suspense } from 'react';
import type { Deployment } from '../../../src/contract/deployment.ts';
import { Loading } from '../../parts/loading.tsx';
import { HistoryFrame } from './history-frame.tsx';
import { HistoryRow } from './history-row.tsx';
import { LongHistory } from './long-history-later.ts';

export interface HistoryTableProps {
  readonly project: string;
  readonly rows: readonly Deployment[];
  /** Called when the last row comes into view. */
  readonly onEnd: () => void;
}

/** So many rows are drawn as they are. */
const fewRows = 40;

const measureNothing = (): void => undefined;

/** The table of deployments, newest first. */
export function HistoryTable({ project, rows, onEnd }: HistoryTableProps): ReactElement {
  if (rows.length > fewRows)
    return (
      <Suspense fallback={<Loading lines={6} />}>
        <LongHistory {...{ project, rows, onEnd }} />
      </Suspense>
    );
  return (
    <HistoryFrame count={rows.length}>
      {rows.map((row, index) => (
        <HistoryRow key={row.revision} {...{ project, row, index }} measure={measureNothing} />
      ))}
    </HistoryFrame>
  );
}
