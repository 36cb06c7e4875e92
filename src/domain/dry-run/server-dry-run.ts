/** Bytes of all objects that one agent is asked about at once, as JSON; in a message they can become twice as many. */
export const longestObjects = 400_000;
/** How many objects one agent is asked about at once. */
export const mostObjects = 100;

/** A field that would change; absent values are those that must not be shown. */
export interface DryRunField {
  /** `#/spec/template/spec/containers/[name=app]/image` */
  readonly address: string;
  /** As text; `none` where it is not wanted any more, or not there yet. */
  readonly wanted: string;
  readonly live: string;
  readonly secret: boolean;
}

/**
 * What an API server would say to one object. `unasked`: nothing is known, and `words` says why; `refused`: `words` are
 * those of the server.
 */
export interface DryRunAnswer {
  readonly outcome: 'same' | 'created' | 'changed' | 'refused' | 'unasked';
  readonly words: string;
  readonly fields: readonly DryRunField[];
  /** How many fields more there are. */
  readonly more: number;
}

/** An object of a plan, and what the API server of a cluster would say to it. */
export interface DryRunObject extends DryRunAnswer {
  readonly service: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent where the object does not say one: it comes into the namespace of its Application. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What is needed to ask and is not there: objects, a cluster, its agent, or the right of its agent. */
export interface MissingDryRun {
  readonly layer: 'rendering' | 'cluster' | 'agent' | 'role';
  /** One line; says what to do where something can be done. */
  readonly reason: string;
}

/** What one cluster says to the objects of one Application. Where something is missing there are no objects. */
export interface ClusterDryRun {
  readonly cluster: string;
  /** `namespace/name` */
  readonly application: string;
  readonly missing: MissingDryRun | undefined;
  readonly objects: readonly DryRunObject[];
}

/** What the API servers would say to the objects that a change adds or changes; objects that go are not asked about. */
export interface ServerDryRun {
  readonly clusters: readonly ClusterDryRun[];
  /** Services that no cluster could be asked about, as `tenant/environment/service`. */
  readonly missing: readonly (MissingDryRun & { readonly service: string })[];
  /** Objects, Applications and services that were left out because there are too many, or they are too long. */
  readonly leftOut: readonly string[];
}
