import { Badge, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { decideMode } from '../../../src/domain/policy/features.ts';
import { apiQuery } from '../../api/queries.ts';
import { sentence } from '../../words/sentence.ts';
import { type Draft, type DraftMode, modeOf, modes } from './draft.ts';
import { StepFrame } from './step-frame.tsx';
import { useChangeDraft } from './use-draft.ts';
import classes from './choices.module.css';

interface ModeText {
  readonly title: string;
  readonly plan: string;
  readonly radius: string;
  readonly when: string;
}

const texts: Readonly<Record<DraftMode, ModeText>> = {
  full: {
    title: 'Full',
    plan: 'All plans',
    radius: 'High: the whole tenant-environment',
    when: 'Several services are affected, or nobody knows yet which one. Healthy services go back as well.',
  },
  service: {
    title: 'One service',
    plan: 'Pro',
    radius: 'Medium: the files of one service',
    when: 'One service is broken. All others stay as they are.',
  },
  field: {
    title: 'Single fields',
    plan: 'Enterprise',
    radius: 'Minimal: the fields you tick',
    when: 'You know what broke it, such as the image tag. Nothing else changes, not even a comment.',
  },
};

/** How much goes back, with the blast radius of each way. What this server does not offer says why. */
export function ScopeStep({ draft }: { readonly draft: Draft }): ReactElement {
  const { data: features } = useSuspenseQuery(apiQuery('getFeatures'));
  const change = useChangeDraft();
  const mode = modeOf(draft);
  return (
    <StepFrame
      title="How much goes back?"
      actions={<Button onClick={() => change({ mode, step: 'place' })}>Next: tenant-environment</Button>}
    >
      <Radio.Group
        aria-label="Scope"
        value={mode}
        onChange={(value) =>
          change({ mode: modes.find((each) => each === value), step: 'scope' }, { replace: true })
        }
      >
        <div className={classes['cards']}>
          {modes.map((each) => {
            const verdict = decideMode(features, each);
            const { title, plan, radius, when } = texts[each];
            return (
              <Radio.Card
                key={each}
                value={each}
                disabled={!verdict.allowed}
                className={classes['card'] ?? ''}
                p="sm"
              >
                <Stack gap={4}>
                  <Group gap="xs">
                    <Radio.Indicator />
                    <Text fw={600}>{title}</Text>
                    <Badge variant="default" size="sm" tt="none">
                      {plan}
                    </Badge>
                  </Group>
                  <Text size="sm">Blast radius: {radius}</Text>
                  <Text size="sm" c="dimmed">
                    {verdict.allowed ? when : sentence(verdict.refusal.message)}
                  </Text>
                </Stack>
              </Radio.Card>
            );
          })}
        </div>
      </Radio.Group>
    </StepFrame>
  );
}
