import type { ReactElement, ReactNode } from 'react';
import classes from './facts.module.css';

export interface FactsProps {
  /** Name and value, each name once. */
  readonly of: readonly (readonly [string, ReactNode])[];
  /** The first has more to say than the others, and gets more room. */
  readonly leading?: boolean;
}

/** What is known of one thing, name over value, side by side as far as there is room. */
export function Facts({ of, leading = false }: FactsProps): ReactElement {
  return (
    <dl className={classes['facts']} {...(leading ? { 'data-leading': true } : {})}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
