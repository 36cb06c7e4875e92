/** Every week from one day and time to another, at a fixed offset from UTC: `Fri 16:00` to `Mon 08:00`, `+02:00`. */
export interface WeeklyFreeze {
  readonly kind: 'weekly';
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly offset: string;
}

/** Once, between two moments in RFC 3339 with an offset: `2025-12-20T00:00:00+01:00`. */
export interface SingleFreeze {
  readonly kind: 'single';
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A time in which nothing is executed. The start belongs to it, the end does not. */
export type FreezeWindow = WeeklyFreeze | SingleFreeze;
