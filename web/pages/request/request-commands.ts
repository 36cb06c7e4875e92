import type { Request } from '../../../src/contract/request.ts';
import type { OperationId } from '../../../src/contract/operations.ts';
import { stateOffers } from '../../../src/domain/request/request-action.ts';

/** One thing to do with a request outside of the console. */
export interface RequestCommand {
  readonly cli: string;
  readonly curl: string;
}

const steps = {
  approve: 'approveRequest',
  reject: 'rejectRequest',
  execute: 'executeRequest',
  resubmit: 'resubmitRequest',
  cancel: 'cancelRequest',
} as const satisfies Record<string, OperationId>;

type Step = 'getRequest' | (typeof steps)[Action];
type Action = keyof typeof steps;

const actions = Object.keys(steps) as readonly Action[];

const token = '-H "Authorization: Bearer $KNOWNGOOD_TOKEN"';

const post = (url: string, body: object): string =>
  `curl -sS ${token} -H "Content-Type: application/json" -d '${JSON.stringify(body)}' ${url}`;

type Commanded = Pick<Request, 'id' | 'state' | 'digest' | 'error' | 'resubmittedAs'>;

/** Looking at a request, and all that its state offers. A vote by curl names the plan that was looked at here. */
export function requestCommands(
  { id, state, digest, error, resubmittedAs }: Commanded,
  urlOf: (step: Step) => string,
): readonly RequestCommand[] {
  const look = { cli: `knowngood requests show ${id}`, curl: `curl -sS ${token} ${urlOf('getRequest')}` };
  const offered = actions
    .filter((action) => stateOffers(state, action, error?.retryable === true))
    .filter((action) => action !== 'resubmit' || resubmittedAs === null);
  return [
    look,
    ...offered.map((action) => ({
      cli: `knowngood ${action} ${id}`,
      curl: post(urlOf(steps[action]), action === 'approve' || action === 'reject' ? { digest } : {}),
    })),
  ];
}
