import type { ReactElement } from 'react';
import type { Plan } from '../../../src/contract/plan.ts';
import { Notice } from '../notice.tsx';

/** What to know of a plan before saying yes to it, one notice each. */
export function Hazards({ of }: { readonly of: Plan['hazards'] }): ReactElement {
  return (
    <>
      {of.map(({ code, message }) => (
        <Notice key={`${code} ${message}`} title="Know before you say yes">
          {message}
        </Notice>
      ))}
    </>
  );
}
