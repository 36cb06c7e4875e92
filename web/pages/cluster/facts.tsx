import type { ReactElement, ReactNode } from 'react';
import classes from './facts.module.css';

/** What is known of one thing, name over value, side by side as far as there is room. */
export function Facts({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }): ReactElement {
  return (
    <dl className={classes['facts']}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
