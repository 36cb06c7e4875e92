import type { Plan } from '../../../src/contract/plan.ts';

type Pin = Plan['pins'][number];

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a pin does, in one sentence after its name: the value that stays here, and what others have. */
export function pinText({ value, presentNow, now, shared }: Pin): string {
  const others = presentNow ? `others have ${valueText(now)} now` : 'nothing sets it now';
  return `stays ${valueText(value)}, as ${shared} said then; ${others}`;
}
