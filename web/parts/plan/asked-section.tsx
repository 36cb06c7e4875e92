import { Button, Stack, Title } from '@mantine/core';
import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import type { QueryKey } from '../../api/queries.ts';
import { Loading } from '../loading.tsx';
import { RefusalAlert } from '../refusal-alert.tsx';

export interface AskedSectionProps<Answer extends { readonly digest: string }> {
  readonly title: string;
  /** On the button that asks. */
  readonly button: string;
  /** On the button, once the plan is another than the one that was asked about. */
  readonly isOld: string;
  /** On the button once there is an answer, where asking again can give another one. */
  readonly again?: string;
  /** The operation that answers for what the preview with this digest shows. */
  readonly ask: UseQueryOptions<Answer, Error, Answer, QueryKey>;
  readonly digest: string;
  readonly show: (answer: Answer) => ReactElement;
}

/** A part of a preview that takes seconds, so it begins when somebody asks. */
export function AskedSection<Answer extends { readonly digest: string }>(
  props: AskedSectionProps<Answer>,
): ReactElement {
  const { title, button, again, ask, digest, show } = props;
  const [wanted, setWanted] = useState(false);
  const { data, error, refetch, isFetching } = useQuery({ ...ask, enabled: wanted, retry: false });
  const isOld = data !== undefined && data.digest !== digest;
  const isAnswered = wanted && !isOld && !error;
  // An answer from before this stood here may be in the cache: it serves only where asking again would give the same.
  const begin = (): void => {
    setWanted(true);
    if (wanted || isOld || again !== undefined) void refetch();
  };
  const words = isOld ? props.isOld : isAnswered ? again : button;
  return (
    <Stack component="section" gap="xs" aria-label={title}>
      <Title order={2} fz="sm">
        {title}
      </Title>
      {words === undefined ? null : (
        <Button size="xs" variant="default" w="fit-content" loading={isFetching} onClick={begin}>
          {words}
        </Button>
      )}
      {wanted && error ? <RefusalAlert error={error} onRetry={begin} /> : null}
      {isFetching ? <Loading lines={3} /> : null}
      {data && isAnswered && !isFetching ? show(data) : null}
    </Stack>
  );
}
