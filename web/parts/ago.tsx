import type { ReactElement } from 'react';
import { ago, utcText } from '../words/ago.ts';
import { useNow } from './use-now.ts';

/** How long ago something was. The exact time in UTC is in the tooltip, and in the element for programs. */
export function Ago({ at }: { readonly at: string }): ReactElement {
  const now = useNow();
  return (
    <time dateTime={at} title={utcText(at)}>
      {ago(Date.parse(at), now)}
    </time>
  );
}
