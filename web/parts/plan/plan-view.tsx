import { Code, Stack, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Preview } from '../../../src/contract/plan.ts';
import { generatedOutsideText } from '../../../src/domain/plan/generated-outside.ts';
import { regenerationText } from '../../../src/domain/plan/regeneration.ts';
import { ChangeTable } from '../change-table.tsx';
import { PageLink } from '../links.tsx';
import { Notice } from '../notice.tsx';
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
      <LeftOut preview={preview} sharedChoice={sharedChoice} />
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
      {plan.hazards.map(({ code, message }) => (
        <Notice key={`${code} ${message}`} title="Know before you say yes">
          {message}
        </Notice>
      ))}
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

function LeftOut({
  preview: { plan },
  sharedChoice,
}: {
  readonly preview: Preview;
  readonly sharedChoice: ReactNode;
}): ReactElement | null {
  if (plan.shared.length === 0 && plan.kept.length === 0) return null;
  return (
    <Stack gap={4} component="section" aria-label="Left out and shared">
      {plan.shared.map(({ path, reaches, included }) => (
        <Text key={path} size="sm">
          <Code>{path}</Code> is shared by{' '}
          {reaches.map(({ tenant, environment }) => `${tenant}/${environment}`).join(', ')}:{' '}
          {included ? 'restored for all of them' : 'stays as it is'}
        </Text>
      ))}
      {sharedChoice}
      {plan.kept.map(({ path, address, pattern, reason }) => (
        <Text key={`${path} ${address ?? ''}`} size="sm">
          <Code>{address ?? path}</Code>{' '}
          {pattern === null ? (
            `stays: ${reason ?? 'it is kept'}`
          ) : (
            <>
              is kept, by <Code>{pattern}</Code>
            </>
          )}
        </Text>
      ))}
    </Stack>
  );
}
