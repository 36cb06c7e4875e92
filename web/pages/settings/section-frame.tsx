import { Stack, Title } from '@mantine/core';
import { type ReactElement, type ReactNode, useEffect, useId, useRef } from 'react';

/** A part of a section that was opened by a button: its heading takes the focus. */
export function SectionFrame({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <Stack component="section" gap="md" aria-labelledby={id}>
      <Title order={2} id={id} tabIndex={-1} ref={heading}>
        {title}
      </Title>
      {children}
    </Stack>
  );
}
