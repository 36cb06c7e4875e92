import { Button, Group, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';
import { checkPolicy } from '../../../src/domain/policy/check-policy.ts';
import { allow, inOrder } from '../../../src/domain/refusal/verdict.ts';
import { useMay } from '../../api/me.ts';
import { apiQuery, useChange } from '../../api/queries.ts';
import { GuardedButton } from '../../parts/guarded-button.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { PolicyFields } from './policy-fields.tsx';
import { SectionFrame } from './section-frame.tsx';

const routeApi = getRouteApi('/signed-in/settings');

export interface PolicyEditorProps {
  readonly project: string;
  readonly environment: string;
  /** Accounts by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** One policy, open for a change. After a refusal it can be begun anew from what holds by then. */
export function PolicyEditor({ project, environment, names }: PolicyEditorProps): ReactElement {
  const asked = apiQuery('getPolicy', { params: { slug: project, environment } });
  const { data } = useSuspenseQuery(asked);
  const [begun, setBegun] = useState(data);
  return (
    <SectionFrame title={`Policy of ${environment} in ${project}`}>
      <EditorForm
        key={begun.version}
        from={begun}
        isOld={data.version !== begun.version}
        names={names}
        onBeginAnew={() => setBegun(data)}
      />
    </SectionFrame>
  );
}

interface EditorFormProps {
  readonly from: ResultOf<'getPolicy'>;
  /** Somebody else has changed the policy since this form was opened. */
  readonly isOld: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly onBeginAnew: () => void;
}

function EditorForm({ from, isOld, names, onBeginAnew }: EditorFormProps): ReactElement {
  const { project, environment, version } = from;
  const [policy, setPolicy] = useState(from.policy);
  const change = useChange('changePolicy');
  const navigate = routeApi.useNavigate();
  const right = useMay('policy', { project, environment });
  // What has no number yet says so at its field.
  const hasGap = [policy, policy.breakGlass].flatMap(Object.values).some(Number.isNaN);
  const verdict = inOrder([() => right, () => (hasGap ? allow : checkPolicy(policy))]);
  const close = (): void => void navigate({ search: { tab: 'policies' } });
  const save = (): void =>
    change.mutate(
      { params: { slug: project, environment }, body: { policy, version } },
      { onSuccess: close },
    );
  const isStale = isOld && !change.isPending && !change.isSuccess;
  return (
    <Stack gap="md" maw={720}>
      <PolicyFields policy={policy} isLocked={!right.allowed} names={names} onChange={setPolicy} />
      {change.error ? <RefusalAlert error={change.error} /> : null}
      {isStale ? (
        <Group gap="xs" role="status">
          <Text size="sm">Somebody else has changed this policy since you opened it.</Text>
          <Button variant="default" onClick={onBeginAnew}>
            Begin anew from theirs
          </Button>
        </Group>
      ) : null}
      <Group gap="xs">
        <GuardedButton verdict={verdict} disabled={hasGap} loading={change.isPending} onClick={save}>
          Save the policy
        </GuardedButton>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
