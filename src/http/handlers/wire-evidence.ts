import type { ResultOf } from '../../contract/operations.ts';
import { wireServiceChange } from '../../contract/plan.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { ShownEvidence } from '../../app/requests/get-evidence.ts';
import { wireSession } from './wire-break-glass.ts';
import { wireParty } from './wire-person.ts';
import { wireRequest } from './wire-request.ts';

/** Evidence as it goes out. Secret values stay behind. */
export function wireEvidence({ view, evidence }: ShownEvidence): ResultOf<'getEvidence'> {
  const { request, session, change, commit = null, audit, generatedAt } = evidence;
  const lost = typeof change === 'string';
  return {
    request: wireRequest(view),
    change: lost
      ? { digest: request.digest, services: [], diff: '', lost: change }
      : {
          digest: request.digest,
          services: change.services.map(wireServiceChange),
          diff: change.diff,
          lost: null,
        },
    commit,
    breakGlass: session ? wireSession(session, evidence.project, generatedAt) : null,
    audit: audit.map(({ entry, prev, hash }) => ({
      seq: entry.seq,
      at: wireTime(entry.at),
      action: entry.action,
      by: wireParty(entry.actor),
      flags: [...entry.flags],
      prev,
      hash,
    })),
    generatedAt: wireTime(generatedAt),
  };
}
