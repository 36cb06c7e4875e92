import { Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ResultOf } from '../../../src/contract/operations.ts';

type FreezeWindow = ResultOf<'getPolicy'>['policy']['freezeWindows'][number];

export interface PolicyFreezesProps {
  readonly windows: readonly FreezeWindow[];
  readonly isLocked: boolean;
  readonly onChange: (windows: FreezeWindow[]) => void;
}

const weekly: FreezeWindow = {
  kind: 'weekly',
  name: 'weekend',
  from: 'Fri 16:00',
  to: 'Mon 08:00',
  offset: 'Z',
};

/** Times in which nothing is executed. */
export function PolicyFreezes({ windows, isLocked, onChange }: PolicyFreezesProps): ReactElement {
  const once = (): FreezeWindow => {
    const today = new Date().toISOString().slice(0, 10);
    return { kind: 'single', name: 'freeze', from: `${today}T00:00:00Z`, to: `${today}T23:59:00Z` };
  };
  return (
    <Fieldset legend="Freeze windows" disabled={isLocked}>
      <Stack gap="md">
        <Text size="xs" c="dimmed">
          Nothing is executed in these times. A window begins with its first moment and ends before its last.
        </Text>
        {windows.map((window, at) => (
          <WindowFields
            key={at}
            {...{ window, isLocked }}
            number={at + 1}
            onChange={(next) => onChange(windows.map((each, index) => (index === at ? next : each)))}
            onRemove={() => onChange(windows.filter((_, index) => index !== at))}
          />
        ))}
        <Group gap="xs">
          <Button variant="default" disabled={isLocked} onClick={() => onChange([...windows, weekly])}>
            Add one for every week
          </Button>
          <Button variant="default" disabled={isLocked} onClick={() => onChange([...windows, once()])}>
            Add a single one
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

interface WindowFieldsProps {
  readonly window: FreezeWindow;
  readonly number: number;
  readonly isLocked: boolean;
  readonly onChange: (window: FreezeWindow) => void;
  readonly onRemove: () => void;
}

const hints = { weekly: 'such as Fri 16:00', single: 'such as 2026-12-20T00:00:00Z' } as const;

function WindowFields({ window, number, isLocked, onChange, onRemove }: WindowFieldsProps): ReactElement {
  const { kind } = window;
  const fields = [
    ['name', 'Name', ''],
    ['from', 'From', hints[kind]],
    ['to', 'Until', hints[kind]],
  ] as const;
  return (
    <Group gap="sm" align="flex-end" role="group" aria-label={`Freeze window ${number}: ${window.name}`}>
      {fields.map(([name, label, description]) => (
        <TextInput
          key={name}
          w={name === 'name' ? 140 : kind === 'weekly' ? 120 : 210}
          maxLength={100}
          disabled={isLocked}
          label={label}
          description={description}
          value={window[name]}
          onChange={(event) => onChange({ ...window, [name]: event.currentTarget.value })}
        />
      ))}
      {kind === 'weekly' ? (
        <TextInput
          w={120}
          maxLength={6}
          disabled={isLocked}
          label="Offset from UTC"
          description="Z, or +02:00"
          value={window.offset}
          onChange={(event) => onChange({ ...window, offset: event.currentTarget.value })}
        />
      ) : null}
      <Button variant="default" disabled={isLocked} aria-label={`Remove ${window.name}`} onClick={onRemove}>
        Remove
      </Button>
    </Group>
  );
}
