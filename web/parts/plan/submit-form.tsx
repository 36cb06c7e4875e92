import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { Preview } from '../../../src/contract/plan.ts';
import { useMe } from '../../api/me.ts';
import { JustificationField } from '../justification-field.tsx';
import { RefusalAlert } from '../refusal-alert.tsx';
import { useKeptText } from './kept-text.ts';
import { outcomeText } from './outcome-text.ts';
import { ticksOf } from './plan-facts.ts';

export interface SubmitFormProps {
  readonly preview: Preview;
  /** What the justification is to say. */
  readonly why: string;
  /** Under which the justification is kept while it is not sent. */
  readonly draftKey: string;
  /** What is typed to confirm deletes and hazards. */
  readonly environment: string;
  readonly error: unknown;
  readonly isSending: boolean;
  readonly onSubmit: (justification: string) => void;
  /** Looks again after a refusal that a new preview may answer. */
  readonly onLookAgain: () => void;
}

/** What the justification of a rollback is to say. */
export const whyRollBack = 'Why this rollback is needed. It stands in the commit and in the audit log.';

/** Why, what will happen, and the button; the counts stand above it. Deletes and blocking hazards are ticked, and the environment typed. */
export function SubmitForm(props: SubmitFormProps): ReactElement {
  const { preview, why: description, draftKey, environment, error, isSending, onSubmit, onLookAgain } = props;
  const [why, setWhy] = useKeptText(draftKey);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const ticks = ticksOf(preview.plan);
  const { line, button } = outcomeText(preview, useMe());
  const isConfirmed =
    ticks.length === 0 || (ticks.every((tick) => ticked.includes(tick)) && typed === environment);
  const isReady = why.trim() !== '' && isConfirmed && preview.outcome !== 'refused' && !preview.plan.empty;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isSending) onSubmit(why);
      }}
    >
      <Stack gap="md" maw={720}>
        <JustificationField description={description} value={why} onChange={setWhy} />
        {ticks.length === 0 ? null : (
          <Confirmation {...{ ticks, ticked, onTick: setTicked, environment, typed, onType: setTyped }} />
        )}
        <Text size="sm" role="status">
          {line}
        </Text>
        {error ? (
          <>
            <RefusalAlert error={error} />
            <Button variant="default" onClick={onLookAgain}>
              Look at a new preview
            </Button>
          </>
        ) : null}
        <div>
          <Button type="submit" size="sm" disabled={!isReady} loading={isSending}>
            {button}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

interface ConfirmationProps {
  readonly ticks: readonly string[];
  readonly ticked: readonly string[];
  readonly onTick: (ticked: readonly string[]) => void;
  readonly environment: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

function Confirmation(props: ConfirmationProps): ReactElement {
  const { ticks, ticked, onTick, environment, typed, onType } = props;
  return (
    <Stack gap="xs">
      <Checkbox.Group label="Yes to each of these" value={[...ticked]} onChange={onTick}>
        <Stack gap="xs" mt={4}>
          {ticks.map((tick) => (
            <Checkbox key={tick} value={tick} label={tick} size="xs" />
          ))}
        </Stack>
      </Checkbox.Group>
      <TextInput
        label={`Type ${environment} to confirm`}
        value={typed}
        autoComplete="off"
        onChange={(event) => onType(event.currentTarget.value)}
        maw={240}
      />
    </Stack>
  );
}
