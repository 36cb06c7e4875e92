import { Button } from '@mantine/core';
import type { ReactElement } from 'react';

export interface ShowMoreProps {
  /** As much of a `useInfiniteQuery` as the button needs. */
  readonly of: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly label: string;
  readonly variant?: 'subtle' | 'default';
}

/** Brings the next page of a list; nothing once everything is there. */
export function ShowMore({ of, label, variant = 'subtle' }: ShowMoreProps): ReactElement | null {
  if (!of.hasNextPage) return null;
  return (
    <Button variant={variant} loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
      {label}
    </Button>
  );
}
