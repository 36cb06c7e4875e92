import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { recordChange } from '../audit/record-change.ts';
import { resolveCredential } from './resolve-credential.ts';

/** Ends the session behind this secret. Where there is none, nothing happens. */
export async function signOut(hub: Hub, secret: string): Promise<void> {
  const actor = await resolveCredential(hub, { kind: 'session', secret });
  if (actor === undefined) return;
  const at = hub.clock();
  const { id } = actor.credential;
  await saveChange(hub, async (tx) => {
    if (!(await tx.sessions.revoke(id, at))) return;
    await recordChange(tx, actor, { at, action: 'account.signed_out', object: { type: 'session', id } });
  });
}
