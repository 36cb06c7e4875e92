import { Refusal } from '../domain/refusal/refusal.ts';
import { auditKey } from './audit/audit-key.ts';
import type { Hub } from './hub.ts';

/**
 * Throws `secret_key_other` unless this server's key opens what was sealed in the database before. The first start
 * seals something, so that no later one can go on with another key and notice it at a rollback.
 */
export async function proveSecretKey(hub: Hub): Promise<void> {
  try {
    await auditKey(hub);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'secret_unreadable') throw error;
    throw Object.assign(new Refusal('secret_key_other'), { cause: error });
  }
}
