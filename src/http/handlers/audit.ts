import { exportAudit } from '../../app/audit/export-audit.ts';
import { listAudit } from '../../app/audit/list-audit.ts';
import { listCheckpoints } from '../../app/audit/list-checkpoints.ts';
import { verifyAudit } from '../../app/audit/verify-audit.ts';
import type { Hub } from '../../app/hub.ts';
import type { auditOperations } from '../../contract/operations/audit.ts';
import { wireTime } from '../../contract/primitives.ts';
import { auditFaultText } from '../../domain/audit/audit-verify.ts';
import type { HandlersOf } from '../handler.ts';
import { wireAuditRow } from './wire-audit.ts';

interface WireFilter {
  readonly actor?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const filterOf = <Query extends WireFilter>({ actor, from, to, ...rest }: Query) => ({
  ...rest,
  person: actor,
  from: from === undefined ? undefined : Date.parse(from),
  until: to === undefined ? undefined : Date.parse(to),
});

/** Operations on the audit log. */
export const auditHandlers = (hub: Hub): HandlersOf<typeof auditOperations> => ({
  listAudit: async ({ actor, query }) => {
    const { rows, nextCursor } = await listAudit(hub, actor, filterOf(query));
    return {
      items: await Promise.all(rows.map((row) => wireAuditRow(hub, row))),
      nextCursor: nextCursor ?? null,
    };
  },
  exportAudit: async ({ actor, query }) => {
    const { format = 'jsonl', ...filter } = query;
    const body = await exportAudit(hub, actor, { ...filterOf(filter), format });
    const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl';
    return { type, name: `audit.${format}`, body };
  },
  verifyAudit: async ({ actor }) => {
    const { rows, lastHash = null, fault, checkpoints } = await verifyAudit(hub, actor);
    const firstBad = fault ? { seq: fault.seq, reason: auditFaultText(fault) } : null;
    return { ok: !fault && checkpoints.bad === 0, rows, lastHash, firstBad, checkpoints };
  },
  listCheckpoints: async ({ actor }) => ({
    items: (await listCheckpoints(hub, actor)).map((one) => ({ ...one, at: wireTime(one.at) })),
  }),
});
