import { Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { ApiError } from '../../../src/contract/api-error.ts';
import type { Request } from '../../../src/contract/request.ts';
import { stateOffers } from '../../../src/domain/request/request-action.ts';
import { apiQuery, useChange } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import classes from './request-page.module.css';
import { permissionOf } from './permission.ts';
import { PreviewAgain } from './preview-again.tsx';
import { eligibleText } from '../settings/policy-words.ts';
import { namedApprovers } from '../../words/named-approvers.ts';
import { sentence } from '../../words/sentence.ts';

/** Approve or reject what was looked at: the vote names the digest. Whoever may not is told why. */
export function ReviewBox({ request }: { readonly request: Request }): ReactElement | null {
  const [comment, setComment] = useState('');
  const approve = useChange('approveRequest');
  const reject = useChange('rejectRequest');
  if (!stateOffers(request.state, 'approve')) return null;
  const input = {
    params: { id: request.id },
    body: { digest: request.digest, ...(comment.trim() === '' ? {} : { comment }) },
  };
  const error = approve.error ?? reject.error;
  return (
    <Stack component="section" gap="xs" className={classes['box'] ?? ''} aria-labelledby="review">
      <Title order={2} id="review">
        Review
      </Title>
      <Text size="sm" c="dimmed">
        {request.approvalsCounted} of {request.approvalsNeeded} approvals. The one that completes them{' '}
        {consequence(request)}
      </Text>
      {request.approvers ? (
        <Text size="sm">Who can approve: {namedApprovers(request.approvers, 'and')}.</Text>
      ) : null}
      {request.policy.eligible.length > 0 ? <Reviewers request={request} /> : null}
      <Comment value={comment} onChange={setComment} />
      <Group gap="xs">
        <GuardedButton
          verdict={permissionOf(request, 'approve')}
          loading={approve.isPending}
          onClick={() => approve.mutate(input)}
        >
          Approve
        </GuardedButton>
        <GuardedButton
          variant="default"
          verdict={permissionOf(request, 'reject')}
          loading={reject.isPending}
          onClick={() => reject.mutate(input)}
        >
          Reject
        </GuardedButton>
      </Group>
      <Reason request={request} />
      {error ? <RefusalAlert error={error} /> : null}
      {hasMoved(error) ? <PreviewAgain request={request} /> : null}
    </Stack>
  );
}

interface CommentProps {
  readonly value: string;
  readonly onChange: (comment: string) => void;
}

function Comment({ value, onChange }: CommentProps): ReactElement {
  return (
    <Textarea
      aria-label="Comment"
      placeholder="Comment"
      autosize
      minRows={2}
      maxLength={10_000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Whose approvals count, where the policy names them. */
function Reviewers({ request }: { readonly request: Request }): ReactElement {
  const members = useQuery(apiQuery('listMembers', { query: { limit: 200 } }));
  const names = new Map(members.data?.items.map(({ id, name }) => [id, name]));
  return <Text size="sm">They come from {eligibleText(request.policy.eligible, names)}.</Text>;
}

const hasMoved = (error: unknown): boolean => error instanceof ApiError && error.code === 'scope_moved';

const consequence = ({ kind, policy }: Request): string =>
  policy.execution === 'automatic' ? `executes the ${kind}.` : 'lets it be executed.';

function Reason({ request }: { readonly request: Request }): ReactElement | null {
  const permission = permissionOf(request, 'approve');
  if (permission.allowed) return null;
  return (
    <Text size="xs" c="dimmed">
      {sentence(permission.refusal.message)}
    </Text>
  );
}
