import type { Actor } from '../../domain/people/actor.ts';
import { noteRequest as noted } from '../../domain/request/request-life.ts';
import { invariant } from '../../std/invariant.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { aboutRequest } from './about-request.ts';
import { type RequestName, findRequest } from './find-request.ts';

export interface NoteInput extends RequestName {
  readonly text: string;
}

/** Writes a note on a request, in any state. Throws what forbids it. */
export async function noteRequest(hub: Hub, actor: Actor, input: NoteInput): Promise<StoredRequest> {
  const saved = await hub.store.tx(async (tx) => {
    const stored = await findRequest(tx, actor, input);
    const now = hub.clock();
    const request = noted(stored, actor, input.text, now);
    const note = request.notes.at(-1);
    invariant(note, 'a new note is the last one');
    await tx.notes.add(stored.id, note);
    await recordChange(tx, actor, { ...aboutRequest(stored), at: now, action: 'request.noted' });
    return { ...request, epoch: stored.epoch };
  });
  hub.wake('outbox');
  return saved;
}
