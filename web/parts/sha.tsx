import type { ReactElement } from 'react';
import { Copyable } from './copyable.tsx';

/** The first eight characters of a commit id, as they stand everywhere. */
export const shortSha = (sha: string): string => sha.slice(0, 8);

/** A commit id: eight characters are shown, a click copies all of it. */
export function Sha({ value }: { readonly value: string }): ReactElement {
  return (
    <Copyable text={value} what={`revision ${shortSha(value)}`}>
      {shortSha(value)}
    </Copyable>
  );
}
