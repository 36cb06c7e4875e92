import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { type ReactElement, Suspense, lazy, useState } from 'react';
import type { Rendered } from '../../../src/contract/rendered.ts';
import type { QueryKey } from '../../api/queries.ts';
import { Loading } from '../loading.tsx';
import { Notice } from '../notice.tsx';
import { RefusalAlert } from '../refusal-alert.tsx';

const TextDiff = lazy(() =>
  import('../text-diff/text-diff.tsx').then((file) => ({ default: file.TextDiff })),
);

type Service = Rendered['services'][number];

export interface RenderedObjectsProps {
  /** The operation that renders what the preview with this digest shows. */
  readonly ask: UseQueryOptions<Rendered, Error, Rendered, QueryKey>;
  readonly digest: string;
}

/** What the change does to Kubernetes objects. Rendering takes seconds, so it begins when somebody asks. */
export function RenderedObjects({ ask, digest }: RenderedObjectsProps): ReactElement {
  const [wanted, setWanted] = useState(false);
  const { data, error, refetch, isFetching } = useQuery({ ...ask, enabled: wanted, retry: false });
  const isOld = data !== undefined && data.digest !== digest;
  return (
    <Stack component="section" gap="xs" aria-label="Rendered objects">
      <Title order={2} fz="sm">
        Rendered objects
      </Title>
      {wanted && !isOld && !error ? null : (
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          loading={isFetching}
          onClick={() => (wanted ? void refetch() : setWanted(true))}
        >
          {isOld ? 'The plan changed: render again' : 'Render with kustomize and helm'}
        </Button>
      )}
      {error ? <RefusalAlert error={error} onRetry={() => void refetch()} /> : null}
      {isFetching ? <Loading lines={3} /> : null}
      {data && !isOld && !isFetching ? <Objects rendered={data} /> : null}
    </Stack>
  );
}

function Objects({ rendered: { tools, services, leftOut } }: { readonly rendered: Rendered }): ReactElement {
  return (
    <>
      <Text size="xs" c="dimmed">
        {tools.map(({ name, version }) => `${name} ${version}`).join(', ')}
      </Text>
      {services.length === 0 ? <Text size="sm">Nothing that is rendered changes.</Text> : null}
      {services.map((service) => (
        <OneService key={`${service.tenant} ${service.environment} ${service.service}`} service={service} />
      ))}
      {leftOut.length > 0 ? (
        <Text size="sm">Not rendered, as there are many: {leftOut.join(', ')}</Text>
      ) : null}
    </>
  );
}

const states = { present: 'The present state: ', target: 'The target: ', both: '' } as const;

function OneService({ service }: { readonly service: Service }): ReactElement {
  const { tenant, environment, objects, unchanged, missing, hazards } = service;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {tenant}/{environment}/{service.service}
      </Text>
      {missing.map(({ of, reason, at }) => (
        <Notice key={`${of} ${reason}`} title="A layer is missing">
          {states[of]}
          {at ? <Code>{`${at.file}:${at.line}`}</Code> : null} {reason}
        </Notice>
      ))}
      {hazards.map(({ code, message }) => (
        <Notice key={`${code} ${message}`} title="Know before you say yes">
          {message}
        </Notice>
      ))}
      {objects.map((object) => {
        const name = `${object.kind} ${object.namespace === null ? '' : `${object.namespace}/`}${object.name}`;
        return (
          <details key={`${object.apiVersion} ${name}`}>
            <summary>
              {object.change}: <Code>{name}</Code>
            </summary>
            {object.hidden ? (
              <Text size="sm">Too long to be shown.</Text>
            ) : (
              <Suspense fallback={<Loading />}>
                <TextDiff
                  name={name}
                  before={object.before ?? ''}
                  after={object.after ?? ''}
                  view="unified"
                />
              </Suspense>
            )}
          </details>
        );
      })}
      {missing.length === 0 ? (
        <Text size="xs" c="dimmed">
          {unchanged} as before
        </Text>
      ) : null}
    </Stack>
  );
}
