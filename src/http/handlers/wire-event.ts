import type { Hub } from '../../app/hub.ts';
import type { ProjectSettings } from '../../app/projects/hub-project.ts';
import type { HubEvent } from '../../contract/instance.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { AuditRow } from '../../domain/audit/audit-entry.ts';
import type { FeedEvent } from '../handler.ts';

/** An audit row as clients of the event stream get it: what changed, and nothing of what it says. */
export const wireEvent = (hub: Hub, row: AuditRow): FeedEvent => ({
  id: row.entry.seq,
  event: () => describe(hub, row),
});

async function describe({ store }: Hub, { entry }: AuditRow): Promise<HubEvent> {
  const { at, action, object, projectId, requestId = null } = entry;
  const project = projectId === undefined ? undefined : await store.projects.get<ProjectSettings>(projectId);
  const state = requestId === null ? undefined : (await store.requests.get(requestId))?.state;
  return {
    type: action,
    at: wireTime(at),
    project: project?.slug ?? null,
    object,
    requestId,
    state: state ?? null,
  };
}
