import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import type { CallInput } from '../../../src/contract/client.ts';
import type { Verdict } from '../../../src/domain/refusal/verdict.ts';
import { apiQuery } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';

export interface WebhookFormProps {
  readonly verdict: Verdict;
  readonly isSending: boolean;
  readonly onCreate: (wish: CallInput<'createWebhook'>['body']) => void;
}

/** Where events are to go, and which. */
export function WebhookForm({ verdict, isSending, onCreate }: WebhookFormProps): ReactElement {
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [project, setProject] = useState('');
  const [events, setEvents] = useState('request.*');
  const patterns = events.split(/[\s,]+/).filter(Boolean);
  const isReady = name.trim() !== '' && URL.canParse(url) && patterns.length > 0;
  const create = (): void =>
    onCreate({ name: name.trim(), url, project: project === '' ? null : project, events: patterns });
  return (
    <Stack gap="sm" maw={720}>
      <TextInput
        label="Name"
        description="Who receives it, such as incident channel."
        maw={320}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Address"
        description="An https address, of a chat channel or of a program."
        type="url"
        maxLength={2000}
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value.trim())}
      />
      <ProjectSelect value={project} onChange={setProject} />
      <TextInput
        label="Events"
        description="Names such as request.completed, or request.* for all of a kind; * is everything."
        maxLength={1000}
        value={events}
        onChange={(event) => setEvents(event.currentTarget.value)}
      />
      <div>
        <GuardedButton verdict={verdict} disabled={!isReady} loading={isSending} onClick={create}>
          Create the webhook
        </GuardedButton>
      </div>
    </Stack>
  );
}

interface ProjectSelectProps {
  /** A slug; empty is every project. */
  readonly value: string;
  readonly onChange: (slug: string) => void;
}

function ProjectSelect({ value, onChange }: ProjectSelectProps): ReactElement {
  const { data } = useSuspenseQuery(apiQuery('listProjects', { query: { limit: 200 } }));
  const everywhere = { value: '', label: 'every project' };
  return (
    <NativeSelect
      label="Project"
      maw={320}
      data={[everywhere, ...data.items.map(({ slug, name }) => ({ value: slug, label: name }))]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
