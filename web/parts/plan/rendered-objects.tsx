import { Code, Stack, Text } from '@mantine/core';
import { type ReactElement, Suspense, lazy } from 'react';
import type { Rendered } from '../../../src/contract/rendered.ts';
import { Loading } from '../loading.tsx';
import { Notice } from '../notice.tsx';
import { AskedSection, type AskedSectionProps } from './asked-section.tsx';

const TextDiff = lazy(() =>
  import('../text-diff/text-diff.tsx').then((file) => ({ default: file.TextDiff })),
);

type Service = Rendered['services'][number];

export type RenderedObjectsProps = Pick<AskedSectionProps<Rendered>, 'ask' | 'digest'>;

/** What the change does to Kubernetes objects. Rendering takes seconds, so it begins when somebody asks. */
export function RenderedObjects(props: RenderedObjectsProps): ReactElement {
  return (
    <AskedSection
      {...props}
      title="Rendered objects"
      button="Render with kustomize and helm"
      isOld="The plan changed: render again"
      show={(rendered) => <Objects rendered={rendered} />}
    />
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
