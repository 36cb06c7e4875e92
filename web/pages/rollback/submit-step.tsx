import { Text } from '@mantine/core';
import { type ReactElement, useState } from 'react';
import type { Preview } from '../../../src/contract/plan.ts';
import { useChange } from '../../api/queries.ts';
import { isFinal } from '../../api/query-client.ts';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { AimLine } from './aim-line.tsx';
import { type Aimed, bodyOf } from './draft.ts';
import { movedFiles } from './moved-files.ts';
import { MovedNotice } from './moved-notice.tsx';
import { StepFrame } from './step-frame.tsx';
import { impactText } from '../../parts/plan/plan-facts.ts';
import { SubmitForm, whyRollBack } from '../../parts/plan/submit-form.tsx';
import { useAfterSubmit } from '../../parts/plan/use-after-submit.ts';
import { useChangeDraft } from './use-draft.ts';
import { usePreview } from './use-preview.ts';

/** The last step: a justification, and what will happen. What is sent is bound to the preview by its digest. */
export function SubmitStep({ aim }: { readonly aim: Aimed }): ReactElement {
  const change = useChangeDraft();
  const submit = useChange('submitRollback');
  const isSent = submit.isPending || submit.isSuccess;
  const { data, error, refetch } = usePreview(aim, isSent);
  // What was there when this step opened is what the person looked at; it is not replaced under their hands.
  const [seen, setSeen] = useState<Preview>();
  if (data && !seen) setSeen(data);
  // While the hub is away, what was filled in stays on the screen.
  const isRefused = error !== null && isFinal(error);
  const hasMoved = !isSent && data && seen && data.plan.digest !== seen.plan.digest;
  const draftKey = `why ${JSON.stringify(bodyOf(aim))}`;
  const after = useAfterSubmit(draftKey);
  const send = (justification: string): void =>
    submit.mutate(
      {
        params: { slug: aim.project },
        body: { ...bodyOf(aim), justification, digest: seen?.plan.digest },
      },
      after,
    );
  const lookAgain = (): void => {
    submit.reset();
    change({ step: 'preview' });
  };
  return (
    <StepFrame title="Submit">
      <AimLine aim={aim} />
      {error && (isRefused || !submit.error) ? (
        <RefusalAlert error={error} onRetry={() => void refetch()} />
      ) : null}
      {data || error ? null : <Loading />}
      {hasMoved ? <MovedNotice files={movedFiles(seen.plan, data.plan)} onLookAgain={lookAgain} /> : null}
      {data && !isRefused && !hasMoved ? (
        <>
          <Text size="sm">{impactText(data.plan)}</Text>
          <SubmitForm
            preview={data}
            draftKey={draftKey}
            why={whyRollBack}
            environment={aim.environment}
            error={submit.error}
            isSending={submit.isPending}
            onSubmit={send}
            onLookAgain={lookAgain}
          />
        </>
      ) : null}
    </StepFrame>
  );
}
