import type { Hub } from '../../app/hub.ts';
import type { ListedPin } from '../../app/list-pins.ts';
import { listProjectPins } from '../../app/projects/list-project-pins.ts';
import type { pinOperations } from '../../contract/operations/pins.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { HandlersOf } from '../handler.ts';

const wirePin = ({ address, sharedNow, since, ...pin }: ListedPin) => ({
  ...pin,
  address: `${pin.file}${address}`,
  sharedNow: sharedNow ?? null,
  since: since ? { commit: since.commit, at: wireTime(since.at * 1000) } : null,
});

/** Operations on pins. */
export const pinHandlers = (hub: Hub): HandlersOf<typeof pinOperations> => ({
  listPins: async ({ actor, params, query }) => ({
    items: (await listProjectPins(hub, actor, { ...params, ...query })).map(wirePin),
  }),
});
