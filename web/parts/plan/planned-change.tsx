import type { ReactElement } from 'react';
import { PlanView } from './plan-view.tsx';
import type { PlanTexts } from './plan-text.tsx';
import { RenderedObjects, type RenderedObjectsProps } from './rendered-objects.tsx';
import { ServerDryRun, type ServerDryRunProps } from './server-dry-run.tsx';
import { SubmitForm, type SubmitFormProps } from './submit-form.tsx';

export interface PlannedChangeProps extends Pick<
  SubmitFormProps,
  'preview' | 'why' | 'draftKey' | 'environment' | 'onSubmit'
> {
  readonly texts: PlanTexts;
  /** How its Kubernetes objects are asked for. */
  readonly ask: RenderedObjectsProps['ask'];
  /** How the clusters are asked about them. */
  readonly askClusters: ServerDryRunProps['ask'];
  /** The submission, as far as it got. */
  readonly submission: {
    readonly error: unknown;
    readonly isPending: boolean;
    readonly reset: () => void;
  };
  /** Asks for the preview again. */
  readonly onLookAgain: () => void;
}

/** A change that is previewed and submitted on one page: what it does, its objects, why, and the button. */
export function PlannedChange(props: PlannedChangeProps): ReactElement {
  const { texts, ask, askClusters, submission, onLookAgain, ...form } = props;
  const { digest } = form.preview.plan;
  return (
    <>
      <PlanView preview={form.preview} texts={texts} />
      <RenderedObjects key={digest} ask={ask} digest={digest} />
      <ServerDryRun key={`dry run of ${digest}`} ask={askClusters} digest={digest} />
      <SubmitForm
        {...form}
        error={submission.error}
        isSending={submission.isPending}
        onLookAgain={() => {
          submission.reset();
          onLookAgain();
        }}
      />
    </>
  );
}
