import { Group, Stack, Title } from '@mantine/core';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';

export interface StepFrameProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What leads on, at the end. */
  readonly actions?: ReactNode;
}

/** One step, mounted anew for each: its heading takes the focus, so that keyboards and screen readers begin where the step begins. */
export function StepFrame({ title, children, actions }: StepFrameProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Stack component="section" gap="md" aria-labelledby="step">
      <Title order={2} id="step" tabIndex={-1} ref={heading}>
        {title}
      </Title>
      {children}
      {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
    </Stack>
  );
}
