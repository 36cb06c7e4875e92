import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import classes from './notice.module.css';

/** Something to know before going on: no error, but not to be missed. */
export function Notice({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className={classes['notice']} role="note">
      <IconAlertTriangle size={16} aria-hidden className={classes['icon'] ?? ''} />
      <div>
        <div className={classes['title']}>{title}</div>
        {children}
      </div>
    </div>
  );
}
