import { Stack, Text } from '@mantine/core';
import { type ReactElement, Suspense, lazy } from 'react';
import { Loading } from '../loading.tsx';
import { RefusalAlert } from '../refusal-alert.tsx';
import type { DiffView } from './diff-view.ts';

const TextDiff = lazy(() => import('./text-diff.tsx').then((file) => ({ default: file.TextDiff })));

export interface FileTextProps {
  readonly path: string;
  /** What the server answered; nothing while it is asked. A side without a file is null, and so are both when `opaque` says why. */
  readonly text:
    | { readonly before: string | null; readonly after: string | null; readonly opaque: string | null }
    | undefined;
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly view: DiffView;
}

/** The text of one file, before and after, or why there is none. The editor comes with the first text. */
export function FileText({ path, text, error, onRetry, view }: FileTextProps): ReactElement {
  return (
    <Stack component="section" gap="xs" aria-label={`Text of ${path}`}>
      {error ? <RefusalAlert error={error} onRetry={onRetry} /> : null}
      {text && text.opaque !== null ? <Text size="sm">There is no text to show: {text.opaque}.</Text> : null}
      {text && text.opaque === null ? (
        <Suspense fallback={<Loading />}>
          <TextDiff name={path} before={text.before ?? ''} after={text.after ?? ''} view={view} />
        </Suspense>
      ) : null}
      {text || error ? null : <Loading />}
    </Stack>
  );
}
