// A hub that creates and deletes a project and may be killed on the way: a program of its own, for kills that are real.
import type { HubSettings } from '../../src/app/hub.ts';
import { openHub } from '../../src/app/open-hub.ts';
import { createProject } from '../../src/app/projects/create-project.ts';
import { deleteProject } from '../../src/app/projects/delete-project.ts';
import { armFromEnvironment } from '../../src/bin/arm-fail-points.ts';

/** What the victim is told, as JSON in its first argument. */
export interface ProjectVictimOrder {
  readonly database: string;
  readonly settings: HubSettings;
  /** Hexadecimal. */
  readonly secretKey: string;
  readonly accountId: string;
  readonly slug: string;
}

const order = JSON.parse(process.argv[2] ?? '') as ProjectVictimOrder;
const { database, settings, accountId, slug } = order;
const secretKey = Buffer.from(order.secretKey, 'hex');
const hub = await openHub({ database, settings, clock: Date.now, secretKey });
const account = await hub.store.accounts.withRights(accountId);
if (!account) throw new Error('the victim has no account');
const credential = {
  kind: 'session',
  id: 'ses_victim',
  scopes: undefined,
  authenticatedAt: Date.now(),
} as const;
const actor = { ...account, credential };
armFromEnvironment(process.env);
await createProject(hub, actor, { slug });
await deleteProject(hub, actor, { slug, confirm: slug });
await hub.close();
