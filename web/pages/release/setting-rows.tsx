import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Setting } from './setting.ts';
import classes from './release.module.css';

export interface SettingRowsProps {
  readonly services: readonly string[];
  readonly rows: readonly Setting[];
  readonly onChange: (rows: readonly Setting[]) => void;
}

/** Where most fields are; any other can be typed. */
const usualFields = ['image.tag', 'replicas', 'values.yaml#/', 'variables.yaml#/'];

/** The row that is there before anything was chosen. */
export const emptyRow = (services: readonly string[]): Setting => ({
  service: services[0] ?? '',
  field: '',
  value: '',
});

/** The fields that a release sets, a row each. */
export function SettingRows({ services, rows, onChange }: SettingRowsProps): ReactElement {
  const put = (index: number, row: Setting): void => onChange(rows.with(index, row));
  return (
    <Stack gap="xs">
      <datalist id="usual-fields">
        {usualFields.map((field) => (
          <option key={field} value={field}>
            {field}
          </option>
        ))}
      </datalist>
      {rows.map((row, index) => (
        <Row
          // Rows have no name of their own, and are taken away from anywhere.
          key={`${index} of ${rows.length}`}
          {...{ row, index, services }}
          onChange={(next) => put(index, next)}
          onRemove={rows.length > 1 ? () => onChange(rows.toSpliced(index, 1)) : undefined}
        />
      ))}
      <div>
        <Button variant="default" onClick={() => onChange([...rows, emptyRow(services)])}>
          Add a field
        </Button>
      </div>
    </Stack>
  );
}

interface RowProps {
  readonly row: Setting;
  readonly index: number;
  readonly services: readonly string[];
  readonly onChange: (row: Setting) => void;
  readonly onRemove: (() => void) | undefined;
}

function Row({ row, index, services, onChange, onRemove }: RowProps): ReactElement {
  const { service, field, value } = row;
  const named = [
    ...services.map((name) => ({ value: name, label: name })),
    { value: '', label: 'the tenant-environment itself' },
  ];
  return (
    <Group
      role="group"
      aria-label={`Field ${index + 1}`}
      gap="xs"
      align="end"
      className={classes['row'] ?? ''}
    >
      <NativeSelect
        size="xs"
        label="Service"
        value={service}
        data={named}
        onChange={(event) => onChange({ ...row, service: event.currentTarget.value })}
      />
      <TextInput
        label="Field"
        placeholder="image.tag"
        list="usual-fields"
        autoComplete="off"
        spellCheck={false}
        value={field}
        onChange={(event) => onChange({ ...row, field: event.currentTarget.value })}
      />
      <Value value={value} onChange={(next) => onChange({ ...row, value: next })} />
      {onRemove ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`Remove field ${index + 1}`}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      ) : null}
    </Group>
  );
}

interface ValueProps {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Value({ value, onChange }: ValueProps): ReactElement {
  return (
    <>
      <NativeSelect
        size="xs"
        label="What"
        value={value === undefined ? 'goes' : 'becomes'}
        data={['becomes', 'goes']}
        onChange={(event) => onChange(event.currentTarget.value === 'goes' ? undefined : '')}
      />
      {value === undefined ? null : (
        <TextInput
          label="Value"
          placeholder="v2.1.1"
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </>
  );
}
