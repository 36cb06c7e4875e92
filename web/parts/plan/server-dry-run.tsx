import { Code, List, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { WireDryRun } from '../../../src/contract/dry-run.ts';
import { Notice } from '../notice.tsx';
import { AskedSection, type AskedSectionProps } from './asked-section.tsx';

type Cluster = WireDryRun['clusters'][number];
type DryRunObject = Cluster['objects'][number];

export type ServerDryRunProps = Pick<AskedSectionProps<WireDryRun>, 'ask' | 'digest'>;

/** What the clusters would say to the objects of the change. Their agents are asked when somebody wants to know. */
export function ServerDryRun(props: ServerDryRunProps): ReactElement {
  return (
    <AskedSection
      {...props}
      title="Server dry-run"
      button="Ask the clusters by dry run"
      isOld="The plan changed: ask again"
      again="Ask again"
      show={(answer) => <Answers answer={answer} />}
    />
  );
}

function Answers({ answer: { clusters, missing, leftOut } }: { readonly answer: WireDryRun }): ReactElement {
  return (
    <>
      {clusters.length + missing.length === 0 ? <Text size="sm">No object would be applied.</Text> : null}
      {clusters.map((cluster) => (
        <OneCluster key={`${cluster.cluster} ${cluster.application}`} cluster={cluster} />
      ))}
      {missing.map(({ service, layer, reason }) => (
        <Notice key={`${service} ${reason}`} title={`Not asked about ${service}: ${layer} is missing`}>
          {reason}
        </Notice>
      ))}
      {leftOut.length > 0 ? (
        <Text size="sm">Not asked about, as there are many: {leftOut.join(', ')}</Text>
      ) : null}
    </>
  );
}

function OneCluster({
  cluster: { cluster, application, missing, objects },
}: {
  readonly cluster: Cluster;
}): ReactElement {
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {cluster}, {application}
      </Text>
      {missing ? <Notice title={`Not asked: ${missing.layer} is missing`}>{missing.reason}</Notice> : null}
      {objects.map((object) => (
        <OneObject key={`${object.apiVersion} ${nameOf(object)}`} object={object} />
      ))}
    </Stack>
  );
}

const nameOf = ({ kind, namespace, name }: DryRunObject): string =>
  `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;

const words = {
  same: 'accepted, and nothing changes',
  created: 'accepted, and it is new',
  changed: 'accepted, and changes',
  refused: 'refused',
  unasked: 'not asked',
} as const;

function OneObject({ object }: { readonly object: DryRunObject }): ReactElement {
  const { outcome, fields, more } = object;
  const title = (
    <>
      <Code>{nameOf(object)}</Code>: {words[outcome]}
    </>
  );
  if (outcome === 'refused')
    return (
      <Notice title={`${nameOf(object)} would be refused`}>
        <span style={{ overflowWrap: 'anywhere' }}>{object.words}</span>
      </Notice>
    );
  if (fields.length === 0)
    return (
      <Text size="sm">
        {title}
        {object.words === '' ? '' : ` (${object.words})`}
      </Text>
    );
  return (
    <details>
      <summary>{title}</summary>
      <List size="sm" style={{ overflowWrap: 'anywhere' }}>
        {fields.map(({ address, wanted, live, secret }) => (
          <List.Item key={address}>
            <Code>{address}</Code>: {secret ? 'a secret value' : `${live} → ${wanted}`}
          </List.Item>
        ))}
        {more > 0 ? <List.Item>and {more} more</List.Item> : null}
      </List>
    </details>
  );
}
