import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Page } from '../../parts/page.tsx';
import { type Draft, type Step, aimOf, stepOf } from './draft.ts';
import { PlaceStep } from './place-step.tsx';
import { PreviewStep } from './preview-step.tsx';
import { RevisionStep } from './revision-step.tsx';
import { ScopeStep } from './scope-step.tsx';
import { StepList } from './step-list.tsx';
import { SubmitStep } from './submit-step.tsx';
import { UndoPage } from './undo-page.tsx';

const routeApi = getRouteApi('/signed-in/rollback');

/** The wizard of a rollback: five steps, every choice in the address. An undo needs no more than its preview. */
export function RollbackPage(): ReactElement {
  const { undo, ...draft } = routeApi.useSearch();
  if (undo !== undefined && draft.project !== undefined)
    return <UndoPage project={draft.project} commit={undo} text={draft.text} />;
  const step = stepOf(draft);
  return (
    <Page title="Roll back">
      <StepList draft={draft} at={step} />
      <CurrentStep step={step} draft={draft} />
    </Page>
  );
}

function CurrentStep({ step, draft }: { readonly step: Step; readonly draft: Draft }): ReactElement {
  const aim = aimOf(draft);
  if (step === 'scope') return <ScopeStep draft={draft} />;
  if (step === 'place') return <PlaceStep draft={draft} />;
  if (step === 'revision' || !aim) return <RevisionStep draft={draft} />;
  if (step === 'submit') return <SubmitStep aim={aim} />;
  return <PreviewStep aim={aim} text={draft.text} findField={draft.findField} />;
}
