import type { Hazard } from '../plan/plan.ts';

/** One Kubernetes object that a change adds, changes or removes, as kustomize, helm or a plain manifest gives it. */
export interface RenderedObject {
  readonly change: 'added' | 'changed' | 'removed';
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent where the object does not say one: it comes into the namespace of its Application. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** YAML; absent where there is no such object, and on both sides where `hidden`. Data of Secrets is masked. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Too long to be shown. */
  readonly hidden: boolean;
}

/** Why a side could not be rendered: a program, a chart or a file that is not here, or one that refuses. */
export interface MissingLayer {
  readonly layer: 'kustomize' | 'helm' | 'chart' | 'source';
  /** The present state, what the change leads to, or both. */
  readonly of: 'present' | 'target' | 'both';
  /** One line; says what to do where something can be done. */
  readonly reason: string;
  /** Where it is written, if it is. Lines count from 1. */
  readonly at: { readonly file: string; readonly line: number } | undefined;
}

/** What a change does to the objects of one service. Without a layer nothing is compared, so there are no objects. */
export interface RenderedService {
  readonly tenant: string;
  readonly environment: string;
  readonly service: string;
  readonly objects: readonly RenderedObject[];
  /** How many objects stay as they are. */
  readonly unchanged: number;
  readonly missing: readonly MissingLayer[];
  /** What a cluster would lose or refuse of what was rendered by kustomize or helm. */
  readonly hazards: readonly Hazard[];
}

/** A program that renders, and its version in its own words. */
export interface RenderTool {
  readonly name: 'kustomize' | 'kubectl kustomize' | 'helm';
  readonly version: string;
}

/** The rendered objects of a change, service by service. */
export interface RenderedChange {
  readonly tools: readonly RenderTool[];
  readonly services: readonly RenderedService[];
  /** Names of services that were left out because there are too many, or time was up. */
  readonly leftOut: readonly string[];
}
