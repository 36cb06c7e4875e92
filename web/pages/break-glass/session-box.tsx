import { Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconCircleCheck, IconFlame, IconHourglass } from '@tabler/icons-react';
import { type ReactElement, useState } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { requireText } from '../../../src/domain/text-limits.ts';
import { refuse } from '../../../src/domain/refusal/verdict.ts';
import { useMay, useMe } from '../../api/me.ts';
import { useChange } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { PageLink } from '../../parts/links.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Sign } from '../../parts/states.ts';
import { useNow } from '../../parts/use-now.ts';

type Session = ResultOf<'listBreakGlass'>['items'][number];

const signs = {
  open: { word: 'open', tone: 'bad', icon: IconFlame },
  owed: { word: 'waits for review', tone: 'waiting', icon: IconHourglass },
  reviewed: { word: 'reviewed', tone: 'good', icon: IconCircleCheck },
} as const satisfies Record<string, Sign>;

const stageOf = ({ review, state, expiresAt }: Session, now: number): keyof typeof signs => {
  if (review !== null) return 'reviewed';
  return state === 'open' && Date.parse(expiresAt) > now ? 'open' : 'owed';
};

/** Without its words, what it was for lies in places that this person does not see. */
function bypassed({ requestIds, justification }: Session): string {
  if (requestIds.length > 0) return 'Bypassed the approval of ';
  return justification === '' ? 'You can see nothing that it was used for.' : 'It bypassed no approval.';
}

/** One session: whose, why, what it bypassed, and what is still to be done about it. */
export function SessionBox({ session }: { readonly session: Session }): ReactElement {
  const stage = stageOf(session, useNow());
  const { id, by, justification, openedAt, expiresAt, revokedAt, requestIds, review } = session;
  return (
    <Paper withBorder p="sm" component="article" id={id} aria-label={`Session ${id}`}>
      <Stack gap={4}>
        <Group gap="xs">
          <StateBadge sign={signs[stage]} />
          <Text size="sm" component="div">
            {by.name}, <Ago at={openedAt} />; {stage === 'open' ? 'ends' : 'ended'}{' '}
            <Ago at={revokedAt ?? expiresAt} />
          </Text>
        </Group>
        <Text size="sm">{justification}</Text>
        <Text size="xs" c="dimmed" component="div">
          {bypassed(session)}
          {requestIds.map((request) => (
            <PageLink key={request} to="/requests/$id" params={{ id: request }} size="xs" mr="xs">
              {request}
            </PageLink>
          ))}
        </Text>
        {review === null ? null : (
          <Text size="sm">
            {review.by.name} reviewed it: {review.comment}
          </Text>
        )}
        {stage === 'open' ? <EndEarly session={session} /> : null}
        {stage === 'owed' ? <ReviewForm session={session} /> : null}
      </Stack>
    </Paper>
  );
}

function EndEarly({ session: { id, project, by } }: { readonly session: Session }): ReactElement {
  const end = useChange('revokeBreakGlass');
  const isOwn = useMe().id === by.id;
  return (
    <div>
      <GuardedButton
        variant="default"
        verdict={useMay(isOwn ? 'break_glass_end' : 'break_glass_review', { project })}
        loading={end.isPending}
        onClick={() => end.mutate({ params: { id } })}
      >
        End it now
      </GuardedButton>
      {end.error ? <RefusalAlert error={end.error} /> : null}
    </div>
  );
}

function ReviewForm({ session: { id, project, by } }: { readonly session: Session }): ReactElement {
  const [comment, setComment] = useState('');
  const review = useChange('reviewBreakGlass');
  const may = useMay('break_glass_review', { project });
  const isOwn = useMe().id === by.id;
  const verdict = may.allowed && isOwn ? refuse('break_glass_own_review') : may;
  return (
    <Stack gap="xs" align="flex-start">
      {verdict.allowed ? (
        <Textarea
          w="100%"
          maw={720}
          label="What you found"
          required
          autosize
          minRows={2}
          maxLength={10_000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      ) : null}
      <GuardedButton
        verdict={verdict.allowed ? requireText('comment', comment) : verdict}
        loading={review.isPending}
        onClick={() => review.mutate({ params: { id }, body: { comment } })}
      >
        Close the review
      </GuardedButton>
      {review.error ? <RefusalAlert error={review.error} /> : null}
    </Stack>
  );
}
