import { Code, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Plan } from '../../../src/contract/plan.ts';
import { pinText } from './pin-text.ts';

/** Shared values that stay as they were, for what goes back and nobody else. */
export function Pins({ pins }: Pick<Plan, 'pins'>): ReactElement | null {
  if (pins.length === 0) return null;
  return (
    <Stack gap={4} component="section" aria-label="Pins">
      <Text size="sm" fw={600}>
        Pinned: shared values that stay as they were, here alone
      </Text>
      {pins.map((pin) => (
        <Text key={`${pin.file}${pin.address}`} size="sm">
          {pin.service === null ? '' : `${pin.service} `}
          <Code>{pin.name}</Code> {pinText(pin)}; written to <Code>{pin.file}</Code>
        </Text>
      ))}
    </Stack>
  );
}
