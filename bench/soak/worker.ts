// A hub that rolls back one service, field or tenant-environment after the other until it is killed. Told by its first
// argument, as JSON; says on stdout, a line for each, which request it has acknowledged with which commit.
import type { HubSettings } from '../../src/app/hub.ts';
import { openHub } from '../../src/app/open-hub.ts';
import { recoverRepositories } from '../../src/app/projects/recover-repositories.ts';
import { recoverExecutions } from '../../src/app/requests/recover-executions.ts';
import type { RollbackWish } from '../../src/app/requests/submission-of.ts';
import { submitRollback } from '../../src/app/requests/submit-request.ts';
import { Refusal } from '../../src/domain/refusal/refusal.ts';
import { pick, seededRandom } from '../parity/random.ts';

/** What the worker is told. */
export interface WorkOrder {
  readonly database: string;
  readonly settings: HubSettings;
  /** Hexadecimal. */
  readonly secretKey: string;
  readonly accountId: string;
  readonly services: readonly string[];
  /** The states between which everything goes back and forth. */
  readonly targets: readonly string[];
  readonly seed: number;
  readonly clients: number;
}

/** A rollback that somebody was told of. */
export interface Acknowledged {
  readonly id: string;
  readonly commit: string;
}

const order = JSON.parse(process.argv[2] ?? '') as WorkOrder;
const secretKey = Buffer.from(order.secretKey, 'hex');
const { database, settings } = order;
const hub = await openHub({ database, settings, clock: Date.now, secretKey });
await recoverRepositories(hub);
await recoverExecutions(hub, { olderThan: 0 });
const account = await hub.store.accounts.withRights(order.accountId);
if (!account) throw new Error('the worker finds nobody to be');
const credential = { kind: 'session', id: 'ses_worker', scopes: undefined, authenticatedAt: 0 } as const;
const actor = { ...account, credential };
const random = seededRandom(order.seed);

function wish(): RollbackWish & { readonly slug: string } {
  const service = pick(random, order.services);
  const targetSha = pick(random, order.targets);
  const place = { slug: 'shop', tenant: 'acme', environment: 'production', targetSha } as const;
  const kinds: readonly Pick<RollbackWish, 'mode' | 'service' | 'selectedFields'>[] = [
    { mode: 'full' },
    { mode: 'service', service },
    { mode: 'service', service },
    { mode: 'field', service, selectedFields: ['image.tag'] },
  ];
  return { ...place, ...pick(random, kinds), justification: 'one of many' };
}

async function client(): Promise<never> {
  for (;;) {
    try {
      const { id, commit = '' } = await submitRollback(hub, actor, wish());
      process.stdout.write(`${JSON.stringify({ id, commit } satisfies Acknowledged)}\n`);
    } catch (error) {
      // Nothing to change, or somebody else was faster: the next one.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

await Promise.all(Array.from({ length: order.clients }, client));
