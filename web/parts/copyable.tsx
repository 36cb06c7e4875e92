import { UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';
import classes from './copyable.module.css';

export interface CopyableProps {
  /** What goes into the clipboard. */
  readonly text: string;
  /** What it is, for those who do not see it: `revision 9f31c2ab`. */
  readonly what: string;
  /** Long ones, such as commands, may break into lines. */
  readonly long?: boolean;
  readonly children: ReactNode;
}

/** Something that is copied whole by a click, and says so. */
export function Copyable({ text, what, long = false, children }: CopyableProps): ReactElement {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <UnstyledButton
      className={`${classes['copyable']} ${long ? classes['long'] : ''}`}
      aria-label={copied ? `Copied ${what}` : `Copy ${what}`}
      title={text.length > 200 ? 'Copy' : text}
      onClick={() => void copyText(text).then(setCopied)}
    >
      {children}
      {copied ? (
        <IconCheck size={15} aria-hidden className={`${classes['icon']} ${classes['done']}`} />
      ) : (
        <IconCopy size={15} aria-hidden className={classes['icon'] ?? ''} />
      )}
    </UnstyledButton>
  );
}
