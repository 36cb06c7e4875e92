import type { Request } from '../../../src/contract/request.ts';
import type { OperationId } from '../../../src/contract/operations.ts';

/** One thing to do with a request outside of the console. */
export interface RequestCommand {
  readonly cli: string;
  readonly curl: string;
}

type Step = Extract<OperationId, 'getRequest' | 'approveRequest' | 'executeRequest'>;

const token = '-H "Authorization: Bearer $KNOWNGOOD_TOKEN"';

const post = (url: string, body: object): string =>
  `curl -sS ${token} -H "Content-Type: application/json" -d '${JSON.stringify(body)}' ${url}`;

/** Looking at a request, and what moves it on from where it is. A vote by curl names the plan that was looked at here. */
export function requestCommands(
  { id, state, digest, error }: Pick<Request, 'id' | 'state' | 'digest' | 'error'>,
  urlOf: (step: Step) => string,
): readonly RequestCommand[] {
  const look = { cli: `knowngood requests show ${id}`, curl: `curl -sS ${token} ${urlOf('getRequest')}` };
  if (state === 'pending')
    return [look, { cli: `knowngood approve ${id}`, curl: post(urlOf('approveRequest'), { digest }) }];
  if (state === 'approved' || (state === 'failed' && error?.retryable !== false))
    return [look, { cli: `knowngood execute ${id}`, curl: post(urlOf('executeRequest'), {}) }];
  return [look];
}
