import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';

/** Somebody changed what is about to be submitted: nothing is sent that was not looked at. */
export function MovedNotice({
  files,
  onLookAgain,
}: {
  readonly files: readonly string[];
  readonly onLookAgain: () => void;
}): ReactElement {
  return (
    <Alert
      color="yellow"
      role="alert"
      title="What this would change has changed since you looked at it"
      maw={720}
    >
      <Stack gap="xs" align="flex-start">
        {files.length === 0 ? null : (
          <>
            <Text size="sm">Somebody changed meanwhile:</Text>
            <Code block>{files.join('\n')}</Code>
          </>
        )}
        <Text size="sm">Nothing was submitted. Your justification is kept.</Text>
        <Button variant="default" onClick={onLookAgain}>
          Look at the new preview
        </Button>
      </Stack>
    </Alert>
  );
}
