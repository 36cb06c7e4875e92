import type { z } from 'zod';
import type { RefusalCode } from '../domain/refusal/refusal.ts';
import type { Subject } from '../domain/people/subject.ts';
import type { Verb } from '../domain/people/verb.ts';

/** Everything of ours that a program can call is below this. */
export const apiPrefix = '/api/v2';

/** What comes back on success. `secret` answers hold something that is shown once, so they are never kept. */
export type Answer =
  | {
      readonly kind: 'json';
      readonly status: 200 | 201 | 202;
      readonly schema: z.ZodType;
      readonly secret: boolean;
    }
  | { readonly kind: 'none'; readonly status: 204 }
  | { readonly kind: 'text'; readonly status: 200; readonly types: readonly [string, ...string[]] }
  | { readonly kind: 'events'; readonly status: 200; readonly schema: z.ZodType }
  | { readonly kind: 'redirect'; readonly status: 302 };

/**
 * One row of the operation table. `access` is the right that it needs: `public` needs nobody, `signed_in` anybody. A
 * GET changes nothing; every POST honours Idempotency-Key.
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `apiPrefix`, with `{name}` for parameters. */
  readonly path: `/${string}`;
  /** The same operation for rollbacks alone, as the page's addresses have it. */
  readonly alias?: { readonly id: string; readonly path: `/${string}` };
  readonly summary: string;
  readonly access: Verb | 'public' | 'signed_in';
  readonly about: Subject;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: Answer;
  /** Refusals of its own, besides those of every operation: rights, limits, input. */
  readonly refusals: readonly RefusalCode[];
}

export const json = <S extends z.ZodType>(schema: S) =>
  ({ kind: 'json', status: 200, schema, secret: false }) as const;
export const created = <S extends z.ZodType>(schema: S) =>
  ({ kind: 'json', status: 201, schema, secret: false }) as const;
export const accepted = <S extends z.ZodType>(schema: S) =>
  ({ kind: 'json', status: 202, schema, secret: false }) as const;
export const createdSecret = <S extends z.ZodType>(schema: S) =>
  ({ kind: 'json', status: 201, schema, secret: true }) as const;
export const nothing = { kind: 'none', status: 204 } as const;
export const redirect = { kind: 'redirect', status: 302 } as const;
export const text = (...types: readonly [string, ...string[]]) =>
  ({ kind: 'text', status: 200, types }) as const;
export const events = <S extends z.ZodType>(schema: S) => ({ kind: 'events', status: 200, schema }) as const;
