import { Button, Code, Group } from '@mantine/core';
import type { ReactElement } from 'react';
import { Copyable } from './copyable.tsx';
import { Notice } from './notice.tsx';
import classes from './secret-once.module.css';

export interface SecretOnceProps {
  readonly title: string;
  readonly secret: string;
  /** What it is, for those who do not see it: `the token laptop`. */
  readonly what: string;
  readonly onDone: () => void;
}

/** A secret that was in one answer and is in no other: it is gone with the page, or when somebody has it. */
export function SecretOnce({ title, secret, what, onDone }: SecretOnceProps): ReactElement {
  return (
    <Notice title={title}>
      <p>It is shown now and never again. Copy it to where it is used.</p>
      <Group gap="sm">
        <Code className={classes['secret']}>{secret}</Code>
        <Copyable text={secret} what={what}>
          Copy
        </Copyable>
        <Button variant="default" onClick={onDone}>
          I have it
        </Button>
      </Group>
    </Notice>
  );
}
