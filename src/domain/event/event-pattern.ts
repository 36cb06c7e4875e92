import type { AuditAction } from '../audit/audit-action.ts';

/** Changes that only a webhook's own log tells of: told to others, they would be told of again without end. */
const untold: ReadonlySet<AuditAction> = new Set(['webhook.pinged', 'webhook.redelivered']);

/** Does somebody who asked for these patterns hear of the event? `*` is all, `request.*` those of requests. */
export function hearsEvent(patterns: readonly string[], event: AuditAction): boolean {
  const [object = ''] = event.split('.');
  return (
    !untold.has(event) &&
    patterns.some((pattern) => pattern === '*' || pattern === event || pattern === `${object}.*`)
  );
}
