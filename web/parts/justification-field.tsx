import { Textarea } from '@mantine/core';
import type { ReactElement } from 'react';

export interface JustificationFieldProps {
  /** What to write, and where it will stand. */
  readonly description: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Where somebody writes why. */
export function JustificationField({ description, value, onChange }: JustificationFieldProps): ReactElement {
  return (
    <Textarea
      label="Justification"
      description={description}
      required
      autosize
      minRows={2}
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
