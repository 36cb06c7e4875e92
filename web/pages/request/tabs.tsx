import { Anchor, Code, List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconHourglass } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Request } from '../../../src/contract/request.ts';
import { client } from '../../api/client.ts';
import { apiQuery } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { Sha } from '../../parts/sha.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Sign } from '../../parts/states.ts';
import { shortSha } from '../../words/short-sha.ts';

interface OfRequest {
  readonly request: Request;
}

/** The commit with its message, word for word, and how to see it in a clone. */
export function Commit({ request }: OfRequest): ReactElement {
  const { data, error } = useQuery(apiQuery('getEvidence', { params: { id: request.id } }));
  if (request.commit === null) return <Text size="sm">There is no commit: the branch is as it was.</Text>;
  if (error) return <RefusalAlert error={error} />;
  return (
    <Stack gap="xs">
      <Text size="sm" component="div">
        <Sha value={request.commit} />
      </Text>
      {data?.commit ? <Code block>{data.commit.message.trim()}</Code> : <Loading />}
      <Code block>{`git fetch && git show ${request.commit}`}</Code>
    </Stack>
  );
}

/** One page for an auditor, to be read or kept. */
export function Evidence({ request }: OfRequest): ReactElement {
  const { data, error } = useQuery(apiQuery('getEvidence', { params: { id: request.id } }));
  const address = { params: { id: request.id } };
  if (error) return <RefusalAlert error={error} />;
  return (
    <Stack gap="xs">
      <Text size="sm">
        Who, why, what, approved by whom, which commit:{' '}
        <Anchor href={client.url('getEvidencePage', address)} size="sm" underline="always">
          Markdown
        </Anchor>{' '}
        ·{' '}
        <Anchor href={client.url('getEvidence', address)} size="sm" underline="always">
          JSON
        </Anchor>
      </Text>
      <Text size="sm">Its rows of the audit log, each with its number, time and hash:</Text>
      {data ? (
        <Code block>
          {data.audit
            .map(
              ({ seq, at, action, by, hash }) => `${seq} ${at} ${action} by ${by.name} ${hash.slice(0, 16)}…`,
            )
            .join('\n')}
        </Code>
      ) : (
        <Loading />
      )}
    </Stack>
  );
}

type Item = NonNullable<Request['verification']>['checklist'][number];

const itemSigns: Readonly<Record<Item['state'], Sign>> = {
  done: { word: 'done', tone: 'good', icon: IconCircleCheck },
  waiting: { word: 'waiting', tone: 'waiting', icon: IconHourglass },
  failed: { word: 'failed', tone: 'bad', icon: IconAlertTriangle },
  unknown: { word: 'unknown', tone: 'none', icon: IconHelpCircle },
};

/** The five steps that follow a rollback, a release or a promotion, filled in by what clusters report. */
export function Checklist({ request }: OfRequest): ReactElement {
  const { verification } = request;
  if (!verification?.bound) return <ByHand request={request} />;
  return (
    <List type="ordered" size="sm" spacing="xs">
      {verification.checklist.map(({ key, title, state, detail }) => (
        <List.Item key={key}>
          <strong>{title}</strong> <StateBadge sign={itemSigns[state]} /> {detail}
        </List.Item>
      ))}
    </List>
  );
}

/** The same where no cluster reports: what is left for a person to check, and how. */
function ByHand({ request }: OfRequest): ReactElement {
  const commit = request.commit === null ? undefined : shortSha(request.commit);
  return (
    <List type="ordered" size="sm" spacing="xs">
      <List.Item>
        <strong>Verify Git state.</strong>{' '}
        {commit === undefined ? 'There is no commit yet.' : `Done: commit ${commit} is in the branch.`}
      </List.Item>
      <List.Item>
        <strong>Check Argo CD sync status.</strong> No cluster reports here. Run{' '}
        <Code>argocd app get APPLICATION</Code> and compare its revision with the commit.
      </List.Item>
      <List.Item>
        <strong>Verify cluster health.</strong> No cluster reports here. Look at pods, replicas and services
        with <Code>kubectl get pods</Code>.
      </List.Item>
      <List.Item>
        <strong>Review drift detection.</strong> <Code>argocd app diff APPLICATION</Code> should be empty.
      </List.Item>
      <List.Item>
        <strong>{request.kind === 'rollback' ? 'Document the incident.' : 'Write down what you saw.'}</strong>{' '}
        Add {request.kind === 'rollback' ? 'the root cause and what will be done' : 'how it went'} as a note
        {request.notes.length === 0 ? '.' : ` (${request.notes.length} so far).`}
      </List.Item>
    </List>
  );
}
