import type { ReactElement } from 'react';
import type { PersonRef } from '../../src/contract/primitives.ts';
import classes from './person.module.css';

/** Somebody by name, with the account that acted for them, if one did. The address is in the tooltip. */
export function Person({
  of,
  bot,
}: {
  readonly of: Pick<PersonRef, 'name' | 'email'>;
  readonly bot?: string | null | undefined;
}): ReactElement {
  return (
    <span title={of.email ?? of.name}>
      {of.name}
      {bot ? <span className={classes['bot']}> via {bot}</span> : null}
    </span>
  );
}
