import { Refusal } from '../../domain/refusal/refusal.ts';

/** Which part of a long list is wanted. */
export interface PageWish {
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
  /** 50 when left out, 200 at most. */
  readonly limit?: number | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** A page of rows that are listed by their ids. Throws `input_invalid` for a cursor that is none of ours. */
export async function pageOf<T extends { readonly id: string }>(
  { cursor, limit = 50 }: PageWish,
  read: (after: string | undefined, limit: number) => Promise<readonly T[]>,
): Promise<Page<T>> {
  if (cursor !== undefined && !/^[a-z]{3}_[0-9A-Za-z]{1,40}$/.test(cursor))
    throw new Refusal('input_invalid', { reason: 'cursor: take it from nextCursor of the page before' });
  const wanted = Math.min(limit, 200);
  const rows = await read(cursor, wanted + 1);
  const items = rows.slice(0, wanted);
  return { items, next: rows.length > wanted ? items.at(-1)?.id : undefined };
}
