/** What an agent says of its cluster. Nothing here is believed for rights. */
export interface ClusterFacts {
  readonly displayName: string;
  readonly provider: string;
  readonly region: string;
  readonly environment: string;
  readonly agentVersion: string;
  readonly kubernetesVersion: string;
  readonly capabilities: readonly string[];
}

/** A Kubernetes cluster whose agent reports to this hub, or is to. Times are epoch milliseconds. */
export interface Cluster {
  readonly id: string;
  /** Unique; chosen by a person here, never by the agent. */
  readonly name: string;
  readonly facts: ClusterFacts;
  /** Made up: nothing runs there, and every page says so. */
  readonly simulated: boolean;
  readonly createdBy: string;
  readonly createdAt: number;
  /** When an agent last registered; absent before the first. */
  readonly joinedAt: number | undefined;
  /** When its agent was last heard, by the hub's clock. */
  readonly seenAt: number | undefined;
  /** How far the agent's clock was ahead of the hub's then, in milliseconds. */
  readonly skew: number | undefined;
  /** Counts registrations: what an agent of an earlier one sent is older than anything of a later one. */
  readonly generation: number;
}

export const noFacts: ClusterFacts = {
  displayName: '',
  provider: '',
  region: '',
  environment: '',
  agentVersion: '',
  kubernetesVersion: '',
  capabilities: [],
};
