import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { type MouseEventHandler, type ReactElement, useId } from 'react';
import { sentence } from '../words/sentence.ts';

/** Yes, or the reason why not: a verdict of the domain, or what the server said of an action. */
export type Permission =
  { readonly allowed: true } | { readonly allowed: false; readonly refusal: { readonly message: string } };

export interface GuardedButtonProps extends ButtonProps {
  readonly verdict: Permission;
  readonly title?: string;
  readonly 'aria-label'?: string;
  readonly onClick: MouseEventHandler<HTMLButtonElement>;
}

/**
 * A button that is disabled when a rule of the domain says No, and then tells the reason: in a tooltip, and to screen
 * readers. It stays in the tab order, so that the reason can be found with the keyboard.
 */
export function GuardedButton({ verdict, onClick, ...props }: GuardedButtonProps): ReactElement {
  const reasonId = useId();
  if (verdict.allowed) return <Button {...props} onClick={onClick} />;
  const reason = sentence(verdict.refusal.message);
  return (
    <>
      <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
        <Button
          {...props}
          data-disabled
          aria-disabled
          aria-describedby={reasonId}
          onClick={(event) => event.preventDefault()}
        />
      </Tooltip>
      <span id={reasonId} hidden>
        {reason}
      </span>
    </>
  );
}
