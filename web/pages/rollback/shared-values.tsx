import { Radio, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Plan } from '../../../src/contract/plan.ts';
import { sharedChoices } from '../../../src/domain/plan/shared-choice.ts';
import { wordIn } from '../../words/search-text.ts';
import { type Aimed, sharedChoicesFor } from './draft.ts';
import { sharedText } from './shared-text.ts';
import { useChangeDraft } from './use-draft.ts';

/** What becomes of shared values that changed since, with whom each choice reaches. Nothing where none changed. */
export function SharedValues({
  plan,
  aim,
}: {
  readonly plan: Plan;
  readonly aim: Aimed;
}): ReactElement | null {
  const change = useChangeDraft();
  if (plan.shared.length === 0 && plan.pins.length === 0) return null;
  return (
    <Radio.Group
      size="sm"
      label="Shared values that changed since"
      value={aim.shared}
      onChange={(value) => change({ shared: wordIn({ value }, 'value', sharedChoices) }, { replace: true })}
    >
      <Stack gap={4} mt={4}>
        {sharedChoicesFor(aim.mode).map((choice) => (
          <Radio key={choice} size="sm" value={choice} {...sharedText(choice, aim, plan)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
