import type { FieldValue } from '../../tree/fields/change.ts';

/** An object of Kubernetes as its API shows it. */
export type KubeObject = { readonly [field: string]: FieldValue };

/** One field of ours that is not as it is wanted; undefined: it is absent on that side. */
export interface FieldDrift {
  /** `#/spec/template/spec/containers/[name=app]/image` */
  readonly address: string;
  readonly wanted: FieldValue | undefined;
  readonly live: FieldValue | undefined;
  /** The values must not be shown. */
  readonly secret: boolean;
}

/** How one object differs from what is wanted. */
export type ObjectDrift =
  | { readonly what: 'missing' }
  | { readonly what: 'extra' }
  | { readonly what: 'changed'; readonly fields: readonly FieldDrift[] };

/** What is known of one object when somebody asks whether it has drifted. */
export interface DriftQuestion {
  /** As it runs; undefined: it is not there. */
  readonly live: KubeObject | undefined;
  /** What a server-side-apply dry run of the wanted object answered; undefined: nothing is wanted. */
  readonly applied: KubeObject | undefined;
  /** The field manager of the dry run: what it owns in `applied` is what is wanted. */
  readonly manager: string;
  /** What was wanted until now: fields that only this owns are wanted no more. Absent where nobody knows. */
  readonly before?: { readonly object: KubeObject; readonly manager: string } | undefined;
  /** Field managers that stand for us in the live object. */
  readonly owners: readonly string[];
  /** A HorizontalPodAutoscaler has this object as its target. */
  readonly autoscaled: boolean;
  /** JSON pointers to what may differ, such as `/spec/replicas`. */
  readonly ignored: readonly string[];
}
