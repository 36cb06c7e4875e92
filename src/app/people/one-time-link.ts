import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { newSecret } from './secret.ts';

/** A link with which one person sets a password, once. It is shown to whoever made it and to nobody else. */
export interface OneTimeLink {
  readonly url: string;
  readonly expiresAt: number;
}

const HOUR = 3_600_000;

/** How long a link works: an invitation may lie in a mailbox over a weekend, a reset is asked for by somebody waiting. */
export const linkLife = { invitation: 7 * 24 * HOUR, reset: 24 * HOUR } as const;

/** Makes a link for an account and ends those it had. The secret stands behind `#`, where no server log sees it. */
export async function makePasswordLink(
  hub: Hub,
  tx: TransactionTables,
  accountId: string,
  life: keyof typeof linkLife,
): Promise<OneTimeLink> {
  const now = hub.clock();
  const { secret, hash } = newSecret('kgl_');
  const expiresAt = now + linkLife[life];
  await tx.oneTimeLinks.endAll(accountId, 'password', now);
  await tx.oneTimeLinks.forget(now - linkLife.invitation);
  await tx.oneTimeLinks.add({
    hash,
    purpose: 'password',
    accountId,
    details: '{}',
    createdAt: now,
    expiresAt,
  });
  return { url: `${hub.settings.publicUrl}/set-password#${secret}`, expiresAt };
}
