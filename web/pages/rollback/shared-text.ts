import type { Plan } from '../../../src/contract/plan.ts';
import type { SharedChoice } from '../../../src/domain/plan/shared-choice.ts';
import { tenantEnvironmentName } from '../../../src/domain/plan/scope.ts';
import type { Aimed } from './draft.ts';

/** A choice in a few words, and one sentence of whom it reaches. */
export interface SharedText {
  readonly label: string;
  readonly description: string;
}

/** Places that a sentence names; more are counted. */
const mostNamed = 5;

/** What a choice about changed shared values does, and whom it reaches. */
export function sharedText(
  choice: SharedChoice,
  { mode, service, ...place }: Pick<Aimed, 'mode' | 'service' | 'tenant' | 'environment'>,
  plan: Pick<Plan, 'shared'>,
): SharedText {
  const where = tenantEnvironmentName(place);
  const own = mode === 'full' || service === undefined ? where : `${service} in ${where}`;
  switch (choice) {
    case 'pin':
      return {
        label: 'Pin them here',
        description: `Reaches ${own} alone: values of then that it uses are written into its own files, each with a comment.`,
      };
    case 'include':
      return { label: 'Restore them for everybody', description: `Reaches ${reached(plan, where)}.` };
    default:
      return {
        label: 'Leave them',
        description: `Reaches nobody: ${own} keeps the shared values of now, like everybody else.`,
      };
  }
}

/** The others that read the changed files, by name. */
function reached({ shared }: Pick<Plan, 'shared'>, own: string): string {
  const places = shared.flatMap(({ reaches }) => reaches.map(tenantEnvironmentName));
  const others = [...new Set(places)].filter((place) => place !== own);
  if (others.length === 0) return `${own} alone, as nobody else reads these files`;
  const more = others.length > mostNamed ? [`${others.length - mostNamed} more`] : [];
  const named = [own, ...others.slice(0, mostNamed), ...more];
  return `${named.slice(0, -1).join(', ')} and ${named.at(-1)}: the shared files go back for all of them`;
}
