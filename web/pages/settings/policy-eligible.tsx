import { Button, Fieldset, MultiSelect, Stack, TagsInput, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';

type ApproverSet = ResultOf<'getPolicy'>['policy']['eligible'][number];

export interface PolicyEligibleProps {
  readonly eligible: readonly ApproverSet[];
  readonly isLocked: boolean;
  /** Accounts by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly onChange: (eligible: ApproverSet[]) => void;
}

/** Whose approval counts. An approver has to be in every set. */
export function PolicyEligible({ eligible, isLocked, names, onChange }: PolicyEligibleProps): ReactElement {
  const put = (at: number, set: ApproverSet): void =>
    onChange(eligible.map((each, index) => (index === at ? set : each)));
  return (
    <Fieldset legend="Whose approval counts" disabled={isLocked}>
      <Stack gap="md">
        <Text size="xs" c="dimmed">
          {eligible.length === 0
            ? 'Anybody who may approve. Add a set to ask for certain people or groups.'
            : 'Somebody who may approve, and who is in every one of these sets.'}
        </Text>
        {eligible.map((set, at) => (
          <SetFields
            key={at}
            label={eligible.length > 1 ? ` of set ${at + 1}` : ''}
            {...{ set, names, isLocked }}
            onChange={(next) => put(at, next)}
            onRemove={() => onChange(eligible.filter((_, index) => index !== at))}
          />
        ))}
        <div>
          <Button
            variant="default"
            disabled={isLocked}
            onClick={() => onChange([...eligible, { people: [], groups: [] }])}
          >
            Add a set of approvers
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}

interface SetFieldsProps {
  readonly set: ApproverSet;
  readonly label: string;
  readonly names: ReadonlyMap<string, string>;
  readonly isLocked: boolean;
  readonly onChange: (set: ApproverSet) => void;
  readonly onRemove: () => void;
}

function SetFields({ set, label, names, isLocked, onChange, onRemove }: SetFieldsProps): ReactElement {
  // Somebody who has left is still named in the policy.
  const known = new Map([...set.people.map((id) => [id, id] as const), ...names]);
  return (
    <Stack gap="xs">
      <MultiSelect
        size="xs"
        searchable
        label={`People${label}`}
        data={[...known].map(([value, name]) => ({ value, label: name }))}
        disabled={isLocked}
        value={[...set.people]}
        onChange={(people) => onChange({ ...set, people })}
      />
      <TagsInput
        size="xs"
        label={`Groups${label}`}
        description="As the identity provider names them; Enter adds one."
        disabled={isLocked}
        value={[...set.groups]}
        onChange={(groups) => onChange({ ...set, groups })}
      />
      <div>
        <Button variant="default" disabled={isLocked} onClick={onRemove}>
          Remove this set
        </Button>
      </div>
    </Stack>
  );
}
