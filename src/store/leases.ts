import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface LeaseRow {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
  readonly expiresAt: number;
}

/** A right that one server has for a while. `epoch` grows with each new holder and fences off the earlier ones. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly epoch: number;
}

export const leases = (db: Queries) => ({
  /** The lease, or undefined while another holder has it. Whoever has it and asks again starts a new epoch. */
  acquire: async (
    name: string,
    holder: string,
    time: { readonly now: number; readonly until: number },
  ): Promise<Lease | undefined> =>
    db
      .insertInto('leases')
      .values({ name, holder, epoch: 1, expiresAt: time.until })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet((eb) => ({ holder, epoch: eb('leases.epoch', '+', 1), expiresAt: time.until }))
          .where((eb) => eb.or([eb('leases.expiresAt', '<=', time.now), eb('leases.holder', '=', holder)])),
      )
      .returning(['name', 'holder', 'epoch'])
      .executeTakeFirst(),
  /** False: it was lost, and so is the right to go on. */
  renew: async ({ name, epoch }: Lease, until: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('leases')
        .set({ expiresAt: until })
        .where('name', '=', name)
        .where('epoch', '=', epoch)
        .executeTakeFirstOrThrow(),
    ),
  /** Asked inside the transaction that the lease protects. */
  holds: async ({ name, epoch }: Lease): Promise<boolean> =>
    (await db
      .selectFrom('leases')
      .select('epoch')
      .where('name', '=', name)
      .where('epoch', '=', epoch)
      .executeTakeFirst()) !== undefined,
  /** Frees it for the next; the epoch stays, so that the number is never used twice. */
  release: async ({ name, epoch }: Lease): Promise<void> => {
    await db
      .updateTable('leases')
      .set({ expiresAt: 0, holder: '' })
      .where('name', '=', name)
      .where('epoch', '=', epoch)
      .execute();
  },
});
