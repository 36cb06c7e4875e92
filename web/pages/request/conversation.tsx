import { Stack, Text, Textarea } from '@mantine/core';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { PersonRef } from '../../../src/contract/primitives.ts';
import type { Request } from '../../../src/contract/request.ts';
import { useChange } from '../../api/queries.ts';
import { Ago } from '../../parts/ago.tsx';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { Person } from '../../parts/person.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { permissionOf } from './permission.ts';
import classes from './request-page.module.css';

interface SaidProps {
  readonly by: PersonRef;
  readonly did: string;
  readonly at: string;
  readonly children: ReactNode;
}

function Said({ by, did, at, children }: SaidProps): ReactElement {
  return (
    <article className={classes['said'] ?? ''}>
      <Text size="xs" c="dimmed" component="div">
        <strong>
          <Person of={by} />
        </strong>{' '}
        {did} <Ago at={at} />
      </Text>
      <Text size="sm" className={classes['text'] ?? ''}>
        {children}
      </Text>
    </article>
  );
}

/** Why it was asked for, what reviewers said, and notes, oldest first. */
export function Conversation({ request }: { readonly request: Request }): ReactElement {
  const { requester, submittedAt, justification, reviews, notes } = request;
  const said = [
    ...reviews.map(({ by, decision, comment, at, voided }) => ({
      by,
      at,
      did: decision === 'approve' ? 'approved' : 'rejected',
      text: [comment, voided ? `(no longer counts: ${voided.reason})` : null]
        .filter((part) => part !== null)
        .join(' '),
    })),
    ...notes.map(({ by, text, at }) => ({ by, at, did: 'noted', text })),
  ].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return (
    <Stack gap="sm">
      <Said by={requester} did="submitted this" at={submittedAt}>
        {justification}
      </Said>
      {said.map(({ by, did, at, text }) => (
        <Said key={`${at} ${did} ${by.name}`} by={by} did={did} at={at}>
          {text}
        </Said>
      ))}
      <NoteForm request={request} />
    </Stack>
  );
}

function NoteForm({ request }: { readonly request: Request }): ReactElement {
  const [text, setText] = useState('');
  const add = useChange('addNote');
  return (
    <Stack gap="xs">
      <Textarea
        label="Add a note"
        placeholder="Root cause, corrective actions"
        autosize
        minRows={2}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <GuardedButton
          variant="default"
          verdict={permissionOf(request, 'note')}
          loading={add.isPending}
          disabled={text.trim() === ''}
          onClick={() =>
            add.mutate({ params: { id: request.id }, body: { text } }, { onSuccess: () => setText('') })
          }
        >
          Add note
        </GuardedButton>
      </div>
      {add.error ? <RefusalAlert error={add.error} /> : null}
    </Stack>
  );
}
