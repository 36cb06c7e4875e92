import { Center, Paper, Stack, Title } from '@mantine/core';
import { type ReactElement, type ReactNode, useEffect } from 'react';
import iconUrl from '../../icon.svg';

/** The frame of the pages for people who are not signed in. */
export function DoorFrame({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  useEffect(() => {
    document.title = `${title} · Knowngood`;
  }, [title]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={400}>
        <Stack gap="md">
          <Stack gap={6} align="center">
            <img src={iconUrl} alt="" width={36} height={36} />
            <Title order={1} ta="center">
              {title}
            </Title>
          </Stack>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
