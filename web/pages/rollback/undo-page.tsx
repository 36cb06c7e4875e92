import { Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { apiQuery, fixedQuery, useChange } from '../../api/queries.ts';
import { Page } from '../../parts/page.tsx';
import { Sha } from '../../parts/sha.tsx';
import type { PlanTexts } from '../../parts/plan/plan-text.tsx';
import { PlannedChange } from '../../parts/plan/planned-change.tsx';
import { whyRollBack } from '../../parts/plan/submit-form.tsx';
import { useAfterSubmit } from '../../parts/plan/use-after-submit.ts';
import { useChangeDraft } from './use-draft.ts';

/** Takes back exactly what one commit changed, wherever it changed it: the preview and the form on one page. */
export function UndoPage({
  project: slug,
  commit,
  text,
}: {
  readonly project: string;
  readonly commit: string;
  /** The file whose text stands open. */
  readonly text: string | undefined;
}): ReactElement {
  const asked = { params: { slug }, body: { commit } };
  const { data: preview, refetch } = useSuspenseQuery(apiQuery('previewUndo', asked));
  const submit = useChange('submitUndo');
  const change = useChangeDraft();
  const texts: PlanTexts = {
    open: text,
    onOpen: (path) => change({ text: path }, { replace: true }),
    ask: (showText) => apiQuery('previewUndo', { ...asked, body: { commit, showText } }),
  };
  const draftKey = `why undo ${commit}`;
  const after = useAfterSubmit(draftKey);
  return (
    <Page title="Undo a commit">
      <Text size="sm" component="div">
        Takes back what <Sha value={commit} /> changed. What changed again since stays as it is.
      </Text>
      <PlannedChange
        preview={preview}
        texts={texts}
        ask={fixedQuery('renderUndo', asked)}
        askClusters={fixedQuery('dryRunUndo', asked)}
        why={whyRollBack}
        draftKey={draftKey}
        environment={preview.plan.environment ?? slug}
        submission={submit}
        onLookAgain={() => void refetch()}
        onSubmit={(justification) =>
          submit.mutate({ ...asked, body: { commit, justification, digest: preview.plan.digest } }, after)
        }
      />
    </Page>
  );
}
