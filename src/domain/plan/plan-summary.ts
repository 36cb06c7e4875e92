import type { Hazard, Impact } from './plan.ts';

/** What a plan does to one service, in short texts such as `image.tag: v2.1.0 → v2.0.9`. */
export interface ServiceSummary {
  readonly service: string | null;
  readonly files: number;
  readonly fields: number;
  /** The first few changes. Values that must not be shown are replaced. */
  readonly changes: readonly string[];
}

/** A plan as requests, lists and messages keep it: no content, no secret values, of limited size. */
export interface PlanSummary {
  readonly impact: Impact;
  readonly services: readonly ServiceSummary[];
  readonly hazards: readonly Hazard[];
  /** Shared paths that changed since the target: how many, and how many of them are restored too. */
  readonly shared: { readonly changed: number; readonly included: number };
  readonly kept: number;
  /** Shared values that are pinned; the value as text. Absent where there is none. */
  readonly pins?: readonly {
    readonly service: string | null;
    readonly name: string;
    readonly value: string;
    /** Of the field, behind the path of its file. Absent where that is long, and in requests of before. */
    readonly address?: string;
  }[];
}
