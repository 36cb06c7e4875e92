import { publicAuditKey } from '../app/audit/audit-key.ts';
import { readCheckpoints } from '../app/audit/verify-audit.ts';
import { verifyRows } from '../app/audit/verify-rows.ts';
import type { ReadOnlyStore } from '../store/read-only-store.ts';
import { type Finding, failure, fine, warning } from './finding.ts';

const fromBackup = 'stop the server, and restore the last good backup into a new folder';

export function examineFile(store: ReadOnlyStore): Finding {
  const [damage] = store.damage();
  if (damage !== undefined) return failure('database', damage, fromBackup);
  return fine(
    'database',
    store.kind === 'sqlite' ? 'every page and reference is in order' : 'PostgreSQL answers',
  );
}

export async function examineSchema(store: ReadOnlyStore): Promise<Finding> {
  const { pending, unknown } = await store.schema();
  const [newer] = unknown;
  if (newer !== undefined)
    return failure('migrations', `a newer version has applied ${newer}`, 'install that version');
  if (pending.length === 0) return fine('migrations', 'all are applied');
  return warning('migrations', `${pending.join(', ')} not applied`, 'start the server once: it applies them');
}

/** The chain from its first row to its last, and the signed statements about it. */
export async function examineAudit({ tables }: ReadOnlyStore): Promise<Finding> {
  const publicKey = await publicAuditKey(tables.settings);
  const signed =
    publicKey === undefined
      ? { known: [], checked: 0, bad: 0 }
      : await readCheckpoints({ store: tables }, publicKey);
  const { rows, fault } = await verifyRows({ store: tables }, { after: undefined, known: signed.known });
  const next = 'keep this database as evidence, and compare it with an export or a backup: docs/audit.md';
  if (fault) return failure('audit log', `row ${fault.seq} is ${fault.reason}`, next);
  if (signed.bad > 0)
    return failure('audit log', `${signed.bad} checkpoints are not signed by its key`, next);
  return fine('audit log', `${rows} rows and ${signed.checked} checkpoints hold`);
}

/** A running server looks after requests that are left executing within a minute; so long they are not worth a word. */
const patience = 5 * 60_000;

export async function examineRequests(
  { tables }: ReadOnlyStore,
  { running, now }: { readonly running: boolean; readonly now: number },
): Promise<Finding> {
  const executing = await tables.requests.executing();
  const left = executing.filter(({ execution }) => !running || now - (execution?.startedAt ?? 0) > patience);
  if (left.length === 0) return fine('requests', `${executing.length} executing`);
  const about = `${left
    .map(({ id }) => id)
    .slice(0, 5)
    .join(', ')} left executing`;
  return running
    ? warning('requests', about, 'look into server.log for why Git or the upstream does not answer')
    : warning('requests', about, 'start the server: it asks Git and finishes them');
}

/** What was written was written in the past. */
export async function examineClock({ tables }: ReadOnlyStore, now: number): Promise<Finding> {
  const { seq } = await tables.audit.head();
  const [last] = seq === 0 ? [] : await tables.audit.after(seq - 1, 1);
  const ahead = (last?.entry.at ?? 0) - now;
  if (ahead <= 60_000) return fine('clock', new Date(now).toISOString());
  const about = `the audit log was written ${Math.ceil(ahead / 60_000)} minutes from now`;
  return warning('clock', about, 'set the clock of this machine, best by NTP');
}
