import type { RequestKind } from '../request/request.ts';
import { Refusal, type RefusalCode } from './refusal.ts';

type PageCode = 'not_pending' | 'own_request' | 'already_reviewed' | 'execution_failed';

const otherKinds = {
  not_pending: 'kind_not_pending',
  own_request: 'kind_own_request',
  already_reviewed: 'kind_already_reviewed',
  execution_failed: 'kind_execution_failed',
} as const satisfies Record<PageCode, RefusalCode>;

/** The product page's words for a rollback, and the same words about a release or a promotion. */
export const pageRefusal = (code: PageCode, kind: RequestKind): Refusal =>
  kind === 'rollback' ? new Refusal(code) : new Refusal(otherKinds[code], { kind });
