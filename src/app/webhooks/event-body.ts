import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { type ToldEvent, eventText } from '../../domain/event/event-text.ts';
import { isoTime } from '../../std/iso-time.ts';
import type { Request } from '../../domain/request/request.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import type { ProjectSettings } from '../projects/hub-project.ts';

/**
 * The body that tells of an audit entry: `text` for chat services, and `type`, `timestamp` and `data` as Standard
 * Webhooks has them. It holds what the audit log holds, which is neither secrets nor content of files.
 */
export async function eventBody(
  { settings: { publicUrl } }: Pick<Hub, 'settings'>,
  tables: Pick<Tables, 'projects' | 'requests'>,
  entry: AuditEntry,
): Promise<string> {
  const { projectId, requestId } = entry;
  const found = projectId === undefined ? undefined : await tables.projects.get<ProjectSettings>(projectId);
  const request = requestId === undefined ? undefined : await tables.requests.get(requestId);
  const url = request ? `${publicUrl}/requests/${request.id}` : undefined;
  // A project that was deleted since keeps its id.
  const told = { entry, project: found?.slug ?? projectId, request, url };
  const { action: type, at } = entry;
  return JSON.stringify({ text: eventText(told), type, timestamp: isoTime(at), data: dataOf(told) });
}

const dataOf = ({ entry, project, request, url }: ToldEvent) => ({
  seq: entry.seq,
  project: project ?? null,
  object: entry.object,
  actor: { id: entry.actor.accountId, name: entry.actor.name },
  flags: entry.flags,
  details: entry.details,
  request: request ? requestData(request) : null,
  url: url ?? null,
});

/** What does not change any more; how it stands at this moment, the API says. */
const requestData = ({ id, kind, scope, targetSha, justification, requester }: Request) => ({
  id,
  kind,
  mode: scope.mode,
  where: scope.where,
  service: scope.service ?? null,
  targetSha: targetSha ?? null,
  justification,
  requester: { id: requester.accountId, name: requester.name },
});
