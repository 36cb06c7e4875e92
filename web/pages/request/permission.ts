import type { Request } from '../../../src/contract/request.ts';
import type { Press } from '../../../src/domain/request/request-outlook.ts';
import type { Permission } from '../../parts/guarded-button.tsx';

/** Whether one action may be taken on a request now, as the server's rule says, with its reason. */
export function permissionOf({ actions }: Pick<Request, 'actions'>, press: Press): Permission {
  const found = actions.find(({ action }) => action === press);
  if (found?.allowed === true) return { allowed: true };
  return { allowed: false, refusal: { message: found?.reason ?? 'not possible in this state' } };
}
