import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useChange } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { type Aimed, bodyOf } from './draft.ts';
import { StepFrame } from './step-frame.tsx';
import { SubmitForm } from './submit-form.tsx';
import { useChangeDraft } from './use-draft.ts';
import { usePreview } from './use-preview.ts';

/** The last step: a justification, and what will happen. What is sent is bound to the preview by its digest. */
export function SubmitStep({ aim }: { readonly aim: Aimed }): ReactElement {
  const change = useChangeDraft();
  const navigate = useNavigate();
  const { data, error, refetch } = usePreview(aim);
  const submit = useChange('submitRollback');
  const draftKey = `why ${JSON.stringify(bodyOf(aim))}`;
  const send = (justification: string): void =>
    submit.mutate(
      {
        params: { slug: aim.project },
        body: { ...bodyOf(aim), justification, digest: data?.plan.digest },
      },
      {
        onSuccess: ({ id }) => {
          sessionStorage.removeItem(draftKey);
          void navigate({ to: '/requests/$id', params: { id } });
        },
      },
    );
  return (
    <StepFrame title="Submit">
      {error ? <RefusalAlert error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Loading />}
      {data && !error ? (
        <SubmitForm
          preview={data}
          draftKey={draftKey}
          environment={aim.environment}
          error={submit.error}
          isSending={submit.isPending}
          onSubmit={send}
          onLookAgain={() => {
            submit.reset();
            change({ step: 'preview' });
          }}
        />
      ) : null}
    </StepFrame>
  );
}
