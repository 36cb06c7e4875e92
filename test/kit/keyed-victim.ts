// A hub that answers one POST with an Idempotency-Key and may be killed on the way: a program of its own.
import { openHub } from '../../src/app/open-hub.ts';
import type { HubSettings } from '../../src/app/hub.ts';
import { armFromEnvironment } from '../../src/bin/arm-fail-points.ts';
import { type KeyedWish, keyedServer } from './keyed-server.ts';

/** What the victim is told, as JSON in its first argument. */
export interface KeyedVictimOrder {
  readonly database: string;
  readonly settings: HubSettings;
  /** Hexadecimal. */
  readonly secretKey: string;
  readonly accountId: string;
  readonly wish: KeyedWish;
}

const order = JSON.parse(process.argv[2] ?? '') as KeyedVictimOrder;
const { database, settings, accountId, wish } = order;
const secretKey = Buffer.from(order.secretKey, 'hex');
const hub = await openHub({ database, settings, clock: Date.now, secretKey });
const server = keyedServer({ ...hub, url: database, secretKey, [Symbol.asyncDispose]: hub.close });
await server.doorOf(accountId);
armFromEnvironment(process.env);
const { status, body } = await server.ask(accountId, wish);
process.stdout.write(`${status} ${body}`);
await server[Symbol.asyncDispose]();
await hub.close();
