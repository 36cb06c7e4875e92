import { changePlan } from '../../app/change-plan.ts';
import { featuresNow } from '../../app/features-now.ts';
import type { Hub } from '../../app/hub.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { type Features, allowedModes } from '../../domain/features.ts';
import type { Handlers } from '../handler.ts';

const featuresView = (features: Features): ResultOf<'getFeatures'> => ({
  plan: features.plan,
  flags: { ...features.flags },
  // Undoing a commit is an operation of its own, not a mode that a form offers.
  modes: allowedModes(features).filter((mode) => mode !== 'undo'),
});

/** The plan and what follows from it. */
export const featureHandlers = (hub: Hub): Pick<Handlers, 'getFeatures' | 'changePlan'> => ({
  getFeatures: async () => featuresView(await featuresNow(hub.store, hub.settings)),
  changePlan: async ({ actor, body }) => featuresView(await changePlan(hub, actor, body.plan)),
});
