import { createHash } from 'node:crypto';
import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Long enough for a redirect on one machine, too short for anybody who reads it in a history later. */
const CODE_LIFE = 60_000;
const purpose = 'command line';

/**
 * How a code is kept: together with what its receiver has to prove. So it is found by both or not at all, and who
 * merely saw the code can neither use it nor use it up.
 */
const keptAs = (code: string, challenge: string): string => hashSecret(`${code} ${challenge}`);

/** Makes a code that signs this account in at a command line: once, within a minute, with the proof of the challenge. */
export async function addSignInCode(
  hub: Hub,
  tx: TransactionTables,
  wish: { readonly accountId: string; readonly challenge: string; readonly provider: string },
): Promise<string> {
  const createdAt = hub.clock();
  const { secret: code } = newSecret('kgl_');
  await tx.oneTimeLinks.add({
    hash: keptAs(code, wish.challenge),
    purpose,
    accountId: wish.accountId,
    details: JSON.stringify({ provider: wish.provider }),
    createdAt,
    expiresAt: createdAt + CODE_LIFE,
  });
  return code;
}

/** Uses a code up. Undefined: there is none that this proof fits, or its time is over, or it was used. */
export async function takeSignInCode(
  tx: TransactionTables,
  { code, verifier, now }: { readonly code: string; readonly verifier: string; readonly now: number },
): Promise<{ readonly accountId: string; readonly provider: string } | undefined> {
  const hash = keptAs(code, createHash('sha256').update(verifier).digest('base64url'));
  const link = await tx.oneTimeLinks.peek(hash, purpose, now);
  if (link?.accountId === undefined || !(await tx.oneTimeLinks.use(hash, purpose, now))) return undefined;
  const { provider } = JSON.parse(link.details) as { readonly provider: string };
  return { accountId: link.accountId, provider };
}
