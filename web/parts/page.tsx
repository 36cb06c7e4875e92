import { Group, Stack, Title } from '@mantine/core';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';

export interface PageProps {
  readonly title: string;
  /** Beside the title: a state, an age. */
  readonly aside?: ReactNode;
  /** What can be done here, to the right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its title in the tab and as the heading, which gets the focus so that keyboards start at the top. */
export function Page({ title, aside, actions, children }: PageProps): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Knowngood`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="center" gap="sm">
        <Group gap="sm" align="center">
          <Title order={1} tabIndex={-1} ref={heading}>
            {title}
          </Title>
          {aside}
        </Group>
        <Group gap="xs">{actions}</Group>
      </Group>
      {children}
    </Stack>
  );
}
