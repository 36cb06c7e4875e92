import { programActor } from './program-actor.ts';

/** The hub itself, as it acts on timers and at start. It decides nothing; it carries decisions out. */
export const systemActor = programActor(
  { id: 'system', name: 'Knowngood' },
  { kind: 'system', id: 'system' },
);
