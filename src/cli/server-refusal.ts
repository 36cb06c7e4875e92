import type { ApiError } from '../contract/api-error.ts';
import { type RefusalKind, refusalTable } from '../domain/refusal/refusal.ts';

/** A No of the server, with its own words. Ends a command like a refusal that arises here. */
export class ServerRefusal extends Error {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(error: Pick<ApiError, 'code' | 'message' | 'status' | 'details'>) {
    super(error.message);
    this.name = 'ServerRefusal';
    this.code = error.code;
    this.kind = kindOf(error);
    this.details = error.details;
  }
}

const known: Readonly<Record<string, { readonly kind: RefusalKind } | undefined>> = refusalTable;

/** By its code, or for one that a newer server has, by the status. */
function kindOf({ code, status }: Pick<ApiError, 'code' | 'status'>): RefusalKind {
  const row = Object.hasOwn(known, code) ? known[code] : undefined;
  if (row) return row.kind;
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 409) return 'conflict';
  if (status === 429) return 'limited';
  if (status === 503) return 'unavailable';
  return status < 500 ? 'invalid' : 'failed';
}
