import type { ResultOf } from '../../../src/contract/operations.ts';
import { counted } from '../../words/counted.ts';

function checkpointText({ checked, bad }: ResultOf<'verifyAudit'>['checkpoints']): string {
  if (checked === 0) return 'No checkpoint is signed yet.';
  if (bad > 0) return `${bad} of ${counted(checked, 'signed checkpoint')} do not agree.`;
  return checked === 1 ? 'The signed checkpoint agrees.' : `All ${checked} signed checkpoints agree.`;
}

/** What a walk through the whole log found, in one line for its head and one for the particulars. */
export function verdictText({ ok, rows, firstBad, checkpoints }: ResultOf<'verifyAudit'>): {
  readonly title: string;
  readonly text: string;
} {
  const signed = checkpointText(checkpoints);
  if (ok)
    return {
      title: 'The log holds',
      text: `Each of its ${counted(rows, 'row')} continues the last. ${signed}`,
    };
  return {
    title: firstBad ? `The log does not hold: ${firstBad.reason}` : 'The log does not hold',
    text: `${counted(rows, 'row')} were found in order. ${signed}`,
  };
}
