import type { Style } from './style.ts';

/** How a plan is shown: in which colours, and in how many columns (without end where absent). */
export interface PlanView {
  readonly style: Style;
  readonly columns: number | undefined;
}
