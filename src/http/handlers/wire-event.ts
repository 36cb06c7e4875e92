import type { Hub } from '../../app/hub.ts';
import type { ProjectSettings } from '../../app/projects/hub-project.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { AuditRow } from '../../domain/audit-entry.ts';
import type { FeedEvent } from '../handler.ts';

/** An audit row as clients of the event stream get it: what changed, and nothing of what it says. */
export async function wireEvent(hub: Hub, { entry }: AuditRow): Promise<FeedEvent> {
  const { seq, at, action, object, projectId, requestId = null } = entry;
  const project =
    projectId === undefined ? undefined : await hub.store.projects.get<ProjectSettings>(projectId);
  const state = requestId === null ? undefined : (await hub.store.requests.get(requestId))?.state;
  return {
    id: seq,
    event: {
      type: action,
      at: wireTime(at),
      project: project?.slug ?? null,
      object,
      requestId,
      state: state ?? null,
    },
  };
}
