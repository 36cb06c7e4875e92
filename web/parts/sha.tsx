import type { ReactElement } from 'react';
import { shortSha } from '../words/short-sha.ts';
import { Copyable } from './copyable.tsx';

/** A commit id: eight characters are shown, a click copies all of it. */
export function Sha({ value }: { readonly value: string }): ReactElement {
  return (
    <Copyable text={value} what={`revision ${shortSha(value)}`}>
      {shortSha(value)}
    </Copyable>
  );
}
