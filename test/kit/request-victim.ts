// A hub that approves one request and may be killed on the way: a program of its own, for kills that are real.
import { armFromEnvironment } from '../../src/bin/arm-fail-points.ts';
import { openHub } from '../../src/app/open-hub.ts';
import { reviewRequest } from '../../src/app/requests/review-request.ts';
import type { HubSettings } from '../../src/app/hub.ts';

/** What the victim is told, as JSON in its first argument. */
export interface VictimOrder {
  readonly database: string;
  readonly settings: HubSettings;
  /** Hexadecimal. */
  readonly secretKey: string;
  readonly requestId: string;
  readonly accountId: string;
}

const order = JSON.parse(process.argv[2] ?? '') as VictimOrder;
const { database, settings, requestId, accountId } = order;
const secretKey = Buffer.from(order.secretKey, 'hex');
const hub = await openHub({ database, settings, clock: Date.now, secretKey });
const account = await hub.store.accounts.withRights(accountId);
const found = await hub.store.requests.get(requestId);
if (!account || !found) throw new Error('the victim finds nothing to do');
const credential = { kind: 'session', id: 'ses_victim', scopes: undefined, authenticatedAt: 0 } as const;
armFromEnvironment(process.env);
const vote = { id: requestId, decision: 'approve', digest: found.digest, comment: undefined } as const;
const { state } = await reviewRequest(hub, { ...account, credential }, vote);
process.stdout.write(state);
await hub.close();
