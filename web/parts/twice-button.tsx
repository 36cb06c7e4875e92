import { Button, Group } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { Verdict } from '../../src/domain/refusal/verdict.ts';
import { GuardedButton } from './guarded-button.tsx';

export interface TwiceButtonProps {
  readonly verdict: Verdict;
  /** What it does, in one word. */
  readonly word: string;
  /** To what, for those who do not see the row. */
  readonly what: string;
  readonly isSending: boolean;
  readonly onConfirm: () => void;
}

/** The button that was pressed is gone; without this its focus would be too. */
const focus = (button: HTMLButtonElement | null): void => button?.focus();

/** A button for what cannot be taken back: pressed once, it asks. */
export function TwiceButton({ verdict, word, what, isSending, onConfirm }: TwiceButtonProps): ReactElement {
  const [asks, setAsks] = useState(false);
  if (!asks)
    return (
      <GuardedButton
        verdict={verdict}
        variant="default"
        aria-label={`${word} ${what}`}
        onClick={() => setAsks(true)}
      >
        {word}
      </GuardedButton>
    );
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        color="red"
        ref={focus}
        loading={isSending}
        aria-label={`${word} ${what} for good`}
        onClick={onConfirm}
      >
        {word} for good
      </Button>
      <Button variant="default" aria-label={`Keep ${what}`} onClick={() => setAsks(false)}>
        Keep
      </Button>
    </Group>
  );
}
