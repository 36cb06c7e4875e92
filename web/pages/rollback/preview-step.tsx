import { Button, Group, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Preview } from '../../../src/contract/plan.ts';
import { decideMode } from '../../../src/domain/policy/features.ts';
import { apiQuery, fixedQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../parts/links.tsx';
import { Loading } from '../../parts/loading.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { AimLine } from './aim-line.tsx';
import { type Aimed, bodyOf } from './draft.ts';
import { FieldChoice } from './field-choice.tsx';
import type { PlanTexts } from '../../parts/plan/plan-text.tsx';
import { PlanView } from '../../parts/plan/plan-view.tsx';
import { RenderedObjects } from '../../parts/plan/rendered-objects.tsx';
import { SharedValues } from './shared-values.tsx';
import { ServerDryRun } from '../../parts/plan/server-dry-run.tsx';
import { StepFrame } from './step-frame.tsx';
import { useChangeDraft } from './use-draft.ts';
import { usePreview } from './use-preview.ts';

export interface PreviewStepProps {
  readonly aim: Aimed;
  /** The file whose text stands open. */
  readonly text: string | undefined;
  /** Words that narrow the fields to choose from. */
  readonly findField: string | undefined;
}

/** Exactly what would change, before anything does. */
export function PreviewStep({ aim, text, findField }: PreviewStepProps): ReactElement {
  const change = useChangeDraft();
  const { data, error, refetch, isFetching, isPlaceholderData } = usePreview(aim);
  const texts: PlanTexts = {
    open: text,
    onOpen: (path) => change({ text: path }, { replace: true }),
    ask: (showText) =>
      apiQuery('previewRollback', { params: { slug: aim.project }, body: { ...bodyOf(aim), showText } }),
  };
  // What is asked for again in the background takes nothing away: the next step says when the answer has changed.
  const isReady = data !== undefined && !error && !data.plan.empty && !isPlaceholderData;
  return (
    <StepFrame
      title="What would change"
      actions={
        <Button disabled={!isReady} onClick={() => change({ step: 'submit' })}>
          Next: submit
        </Button>
      }
    >
      <AimLine aim={aim} />
      {aim.mode === 'field' ? <FieldChoice aim={aim} words={findField} /> : null}
      {error ? <RefusalAlert error={error} onRetry={() => void refetch()} /> : null}
      {isFetching && !data ? <Loading lines={5} /> : null}
      {data && !error && (aim.mode !== 'field' || aim.fields.length > 0) ? (
        <>
          {aim.mode === 'full' ? <Narrow preview={data} /> : null}
          {aim.mode === 'service' ? <FieldsOnly preview={data} /> : null}
          <PlanView preview={data} texts={texts} sharedChoice={<SharedValues plan={data.plan} aim={aim} />} />
          <RenderedObjects
            key={data.plan.digest}
            ask={fixedQuery('renderRollback', { params: { slug: aim.project }, body: bodyOf(aim) })}
            digest={data.plan.digest}
          />
          <ServerDryRun
            key={`dry run of ${data.plan.digest}`}
            ask={fixedQuery('dryRunRollback', { params: { slug: aim.project }, body: bodyOf(aim) })}
            digest={data.plan.digest}
          />
        </>
      ) : null}
    </StepFrame>
  );
}

/** Start with the smallest scope: one click to only one of the services that a full rollback would change. */
function Narrow({ preview: { plan } }: { readonly preview: Preview }): ReactElement | null {
  const services = plan.services.flatMap(({ service }) => (service === null ? [] : [service]));
  if (services.length < 2) return null;
  return (
    <Group gap="xs">
      <Text size="sm">Only one of them?</Text>
      {services.map((service) => (
        <ButtonLink
          key={service}
          size="compact-xs"
          variant="default"
          to="/rollback"
          search={(before) => ({ ...before, mode: 'service', service, step: 'preview' })}
        >
          {service}
        </ButtonLink>
      ))}
    </Group>
  );
}

/** The smallest scope of all: one click from a service to ticking its fields. */
function FieldsOnly({ preview: { plan } }: { readonly preview: Preview }): ReactElement | null {
  const { data: features } = useSuspenseQuery(apiQuery('getFeatures'));
  if (plan.impact.fields < 2 || !decideMode(features, 'field').allowed) return null;
  return (
    <Group gap="xs">
      <Text size="sm">Only some of its fields?</Text>
      <ButtonLink
        size="compact-xs"
        variant="default"
        to="/rollback"
        search={(before) => ({ ...before, mode: 'field', step: 'preview' })}
      >
        Choose fields
      </ButtonLink>
    </Group>
  );
}
