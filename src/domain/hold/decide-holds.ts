import type { PlannedField } from '../plan/plan.ts';
import { tenantEnvironmentName } from '../plan/scope.ts';
import { type Verdict, allow, refuse } from '../refusal/verdict.ts';
import { isoTime } from '../../std/iso-time.ts';
import type { Hold } from './hold.ts';

/** A change of one field, as far as a hold looks at it. */
type HoldChange = Pick<PlannedField, 'address' | 'after'>;

/** The holds in force whose value one of these changes brings back. */
export function holdsBroughtBack(holds: readonly Hold[], changes: readonly HoldChange[]): readonly Hold[] {
  const wanted = new Set(changes.map(({ address, after }) => JSON.stringify([address, after])));
  return holds.filter(({ address, value }) => wanted.has(JSON.stringify([address, value])));
}

/** May these fields get these values? `holds` are those in force. The refusal names the rollback, and the way on. */
export function decideHolds(holds: readonly Hold[], changes: readonly HoldChange[]): Verdict {
  const [hold] = holdsBroughtBack(holds, changes);
  if (!hold) return allow;
  const { id, service, field, value, requestId, expiresAt } = hold;
  const place = tenantEnvironmentName(hold);
  return refuse('value_held', {
    field: service === undefined ? `${place} ${field}` : `${place} ${service} ${field}`,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    request: requestId,
    until: isoTime(expiresAt),
    hold: id,
  });
}
