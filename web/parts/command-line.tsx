import { Code } from '@mantine/core';
import type { ReactElement } from 'react';
import { Copyable } from './copyable.tsx';

/** A command to type, ready to be copied. */
export const CommandLine = ({ text }: { readonly text: string }): ReactElement => (
  <Copyable text={text} what={text} long>
    <Code>{text}</Code>
  </Copyable>
);
