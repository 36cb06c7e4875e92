import type { Hub } from '../../app/hub.ts';
import type { ProjectSettings } from '../../app/projects/hub-project.ts';
import type { WireAuditRow } from '../../contract/audit.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { AuditRow } from '../../domain/audit/audit-entry.ts';
import { wireParty } from './wire-person.ts';

/** A row of the log as it goes out; a project that was deleted since keeps its id. */
export async function wireAuditRow(hub: Hub, { entry, prev, hash }: AuditRow): Promise<WireAuditRow> {
  const { actor, projectId, requestId = null, at, flags, ...rest } = entry;
  const project =
    projectId === undefined ? undefined : await hub.store.projects.get<ProjectSettings>(projectId);
  return {
    ...rest,
    at: wireTime(at),
    actor: wireParty(actor),
    credential: actor.credential,
    project: project?.slug ?? projectId ?? null,
    requestId,
    flags: [...flags],
    details: entry.details as WireAuditRow['details'],
    prev,
    hash,
  };
}
