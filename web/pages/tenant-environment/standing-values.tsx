import type { ReactElement } from 'react';
import { Holds } from './holds.tsx';
import { StandingPins } from './standing-pins.tsx';

export interface StandingValuesProps {
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
  /** Whether a value is held here. */
  readonly hasHolds: boolean;
}

/** What rollbacks left here that still counts: values that may not come back, and shared ones that stay as they were. */
export function StandingValues({ hasHolds, ...where }: StandingValuesProps): ReactElement {
  return (
    <>
      {hasHolds ? <Holds {...where} /> : null}
      <StandingPins {...where} />
    </>
  );
}
