import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { ReactElement } from 'react';

/** Grey lines where something will be, so that nothing jumps when it comes. */
export function Loading({ lines = 4 }: { readonly lines?: number }): ReactElement {
  return (
    <Stack gap="sm" role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={18} width={`${95 - ((line * 13) % 30)}%`} animate={false} />
      ))}
    </Stack>
  );
}
