import type { Plan } from '../../../src/contract/plan.ts';
import { plainText } from '../../words/value-text.ts';

type Pin = Plan['pins'][number];

/** What a pin does, in one sentence after its name: the value that stays here, and what others have. */
export function pinText({ value, presentNow, now, shared }: Pin): string {
  const others = presentNow ? `others have ${plainText(now)} now` : 'nothing sets it now';
  return `stays ${plainText(value)}, as ${shared} said then; ${others}`;
}
