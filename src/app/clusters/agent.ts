import type { Cluster } from '../../domain/cluster/cluster.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { programActor } from '../program-actor.ts';

/** A cluster's agent, known by the token that it showed. Whatever it reports is about this cluster. */
export interface Agent {
  readonly cluster: Cluster;
  readonly token: { readonly id: string; readonly createdAt: number };
  /** It may report, and nothing else. */
  readonly actor: Actor;
}

/** The actor of whoever shows a token of this cluster. */
export const agentActor = ({ id, name }: Pick<Cluster, 'id' | 'name'>, tokenId: string): Actor =>
  programActor({ id, name: `agent of ${name}` }, { kind: 'agent', id: tokenId });
