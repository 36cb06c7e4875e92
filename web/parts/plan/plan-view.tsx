import { Code, Stack, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Preview } from '../../../src/contract/plan.ts';
import { generatedOutsideText } from '../../../src/domain/plan/generated-outside.ts';
import { regenerationText } from '../../../src/domain/plan/regeneration.ts';
import { ChangeTable } from '../change-table.tsx';
import { PageLink } from '../links.tsx';
import { Notice } from '../notice.tsx';
import { Hazards } from './hazards.tsx';
import { LeftOut } from './left-out.tsx';
import { Pins } from './pins.tsx';
import { impactText } from './plan-facts.ts';
import { PlanText, PlanTextToggle, type PlanTexts } from './plan-text.tsx';
import classes from './plan-view.module.css';

export interface PlanViewProps {
  readonly preview: Preview;
  readonly texts: PlanTexts;
  /** What to do with shared changes, where there is a choice. */
  readonly sharedChoice?: ReactNode;
}

/** All that a preview says: counts, changes, what is left out, what to know before saying yes, the commit message. */
export function PlanView({ preview, texts, sharedChoice }: PlanViewProps): ReactElement {
  const { plan, commitMessage, regeneration } = preview;
  const outside = plan.empty ? undefined : generatedOutsideText(plan);
  return (
    <Stack gap="md">
      <Text size="sm" component="div" role="status">
        {plan.empty ? 'Nothing would change.' : impactText(plan)}
        <Text span c="dimmed" size="xs">
          {' '}
          · digest {plan.digest.slice(7, 15)}…
        </Text>
      </Text>
      {regeneration ? <Text size="sm">{regenerationText(regeneration)}</Text> : null}
      {outside === undefined ? null : <Text size="sm">{outside}</Text>}
      <Warnings preview={preview} />
      <ChangeTable
        services={plan.services}
        ofFile={({ path }) => <PlanTextToggle path={path} texts={texts} />}
        below={({ path }) => (texts.open === path ? <PlanText path={path} texts={texts} /> : null)}
      />
      <Pins pins={plan.pins} />
      <LeftOut plan={plan} sharedChoice={sharedChoice} />
      <details className={classes['message']}>
        <summary>The commit message, as it will be written</summary>
        <Code block>{commitMessage.trim()}</Code>
      </details>
    </Stack>
  );
}

function Warnings({
  preview: { plan, openRequests, freeze, clusterNotes },
}: {
  readonly preview: Preview;
}): ReactElement {
  const refused = [...plan.refused, ...plan.conflicts];
  return (
    <>
      {freeze ? (
        <Notice title={`The freeze ${freeze.name} holds until ${freeze.until}`}>
          {freeze.exempt ? 'Rollbacks may pass it; this one will be flagged.' : 'This waits for its end.'}
        </Notice>
      ) : null}
      <Hazards of={plan.hazards} />
      {refused.length === 0 ? null : (
        <Notice title="These cannot be taken back by fields">
          {refused.map(({ address, reason }) => (
            <div key={address}>
              <Code>{address}</Code> {reason}
            </div>
          ))}
        </Notice>
      )}
      {clusterNotes.map(({ cluster, application, text }) => (
        <Notice key={`${cluster} ${application ?? ''} ${text}`} title={`Cluster ${cluster}`}>
          {application === null ? '' : `${application}: `}
          {text}
        </Notice>
      ))}
      {openRequests.map(({ id, state, paths }) => (
        <Notice key={id} title="Another request is open on the same files">
          <PageLink to="/requests/$id" params={{ id }} size="sm" underline="always">
            {id}
          </PageLink>{' '}
          is {state} and touches {paths.join(', ')}
        </Notice>
      ))}
    </>
  );
}
