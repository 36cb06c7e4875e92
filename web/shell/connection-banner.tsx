import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { Connection } from '../api/events.ts';
import classes from './shell.module.css';

/** Says that the hub is away, as long as it is. It is always there for screen readers, which then hear it come and go. */
export function ConnectionBanner({ connection }: { readonly connection: Connection }): ReactElement {
  return (
    <div role="status">
      {connection === 'polling' ? (
        <div className={classes['notice'] ?? ''}>
          <IconPlugConnectedX size={16} aria-hidden />
          Reconnecting to the hub. What you see may be old; nothing you wrote is lost.
        </div>
      ) : null}
    </div>
  );
}
