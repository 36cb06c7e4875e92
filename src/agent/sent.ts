import type { AgentEnvelope } from '../contract/agent-v1/envelope.ts';

type SentOf<Kind extends string> = Extract<AgentEnvelope, { readonly [K in Kind]: unknown }>[Kind];

type ItemOf<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

/** One application, as it goes over the wire; what is empty may be left out. */
export type SentApplication = ItemOf<SentOf<'argoApplicationStatus'>['applications']>;
export type SentInventory = SentOf<'inventorySnapshot'>;
export type SentResource = ItemOf<SentInventory['resources']>;
export type SentFinding = ItemOf<SentOf<'driftReport'>['findings']>;
export type SentResult = SentOf<'commandResult'>;
