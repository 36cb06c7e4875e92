import { type EventLog, eventsSince, mayHear } from '../../app/events/event-log.ts';
import { featuresNow } from '../../app/features-now.ts';
import type { Hub } from '../../app/hub.ts';
import { changePlan } from '../../app/instance/change-plan.ts';
import { findProject } from '../../app/projects/find-project.ts';
import { openApiDocument } from '../../contract/openapi.ts';
import type { instanceOperations } from '../../contract/operations/instance.ts';
import { type Features, allowedModes } from '../../domain/policy/features.ts';
import type { HandlersOf } from '../handler.ts';
import { wireEvent } from './wire-event.ts';

/** What the handlers know of the program that runs them. */
export interface ProgramFacts {
  readonly version: string;
  readonly events: EventLog;
}

const wireFeatures = (features: Features) => ({
  ...features,
  modes: allowedModes(features).filter((mode) => mode !== 'undo'),
});

/** Operations on the instance itself. */
export const instanceHandlers = (
  hub: Hub,
  { version, events }: ProgramFacts,
): HandlersOf<typeof instanceOperations> => ({
  getVersion: () => Promise.resolve({ name: 'knowngood', version, api: 'v2' }),
  getOpenApi: () => {
    const document = openApiDocument({ version, server: hub.settings.publicUrl });
    return Promise.resolve({ type: 'application/json; charset=utf-8', body: JSON.stringify(document) });
  },
  getFeatures: async () => wireFeatures(await featuresNow(hub.store, hub.settings)),
  changePlan: async ({ actor, body }) => wireFeatures(await changePlan(hub, actor, body.plan)),
  streamEvents: async ({ actor, query }) => {
    const only = query.project === undefined ? undefined : await findProject(hub.store, actor, query.project);
    const wanted = ({ projectId }: { readonly projectId: string | undefined }) =>
      !only || projectId === only.id;
    return {
      since: async (seq) => {
        const { rows, complete } = await eventsSince(hub, seq);
        const events = rows.filter(({ entry }) => wanted(entry)).map((row) => wireEvent(hub, row));
        return { events, complete };
      },
      listen: (listener) =>
        events.listen((row) => {
          if (wanted(row.entry)) listener(wireEvent(hub, row));
        }),
      visible: async ({ id }) => {
        const [row] = await hub.store.audit.after(id - 1, 1);
        return row ? mayHear(hub, actor, row) : false;
      },
    };
  },
});
