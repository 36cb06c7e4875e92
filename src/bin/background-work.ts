import { startCheckpoints } from '../app/audit/start-checkpoints.ts';
import { type EventLog, followAudit } from '../app/events/event-log.ts';
import type { Hub } from '../app/hub.ts';
import { startForgetting } from '../app/instance/start-forgetting.ts';
import { recoverRepositories } from '../app/projects/recover-repositories.ts';
import { startCountingFields } from '../app/projects/start-counting-fields.ts';
import { startFetching } from '../app/projects/start-fetching.ts';
import { startIndexing } from '../app/projects/start-indexing.ts';
import { startMaintenance } from '../app/projects/start-maintenance.ts';
import { recoverExecutions } from '../app/requests/recover-executions.ts';
import { startRequestLoop } from '../app/requests/start-request-loop.ts';
import { sealWebhookUrls } from '../app/webhooks/seal-webhook-urls.ts';
import { startVerifying } from '../app/verification/start-verifying.ts';
import { startDeliveries } from '../app/webhooks/start-deliveries.ts';
import type { ServerLog } from './server-log.ts';

/** After this long, on a database that other servers share, an execution counts as left in the middle. */
const patience = 60_000;

/** Finishes what an earlier process left in the middle, before anybody can ask for something new. */
export async function recoverWork(hub: Hub, log: ServerLog): Promise<void> {
  for (const { projectId, outcome, removed, error } of await recoverRepositories(hub)) {
    const facts = { project: projectId, outcome, removed };
    if (error === undefined) log.info('repository recovered', facts);
    else log.error('repository not recovered', error, facts);
  }
  await sealWebhookUrls(hub);
  const alone = hub.store.kind === 'sqlite';
  if (alone) await hub.store.idempotencyKeys.letGoAll();
  for (const { id, outcome, error } of await recoverExecutions(hub, { olderThan: alone ? 0 : patience })) {
    if (error === undefined) log.info('request recovered', { request: id, outcome });
    else log.error('request not recovered yet', error, { request: id, outcome });
  }
}

export interface BackgroundWork {
  readonly events: EventLog;
  readonly stop: () => Promise<void>;
}

/** Starts everything that goes on beside requests. What breaks a run is logged, and the next run comes all the same. */
export async function startBackgroundWork(hub: Hub, log: ServerLog): Promise<BackgroundWork> {
  const failed = (work: string) => (error: unknown) => log.error(`${work} failed`, error);
  const failedFor = (work: string) => (error: unknown, project: string) =>
    log.error(`${work} failed`, error, { project });
  const events = await followAudit(hub, failed('following the audit log'));
  const loops = [
    events,
    startIndexing(hub, failedFor('indexing')),
    startFetching(hub, failedFor('fetching')),
    startCountingFields(hub, failedFor('counting fields')),
    startMaintenance(hub, failedFor('maintenance')),
    startRequestLoop(hub, failed('looking after requests')),
    startVerifying(hub, failed('verifying requests')),
    startDeliveries(hub, failed('sending to webhooks')),
    startForgetting(hub, failed('forgetting')),
    startCheckpoints(hub, failed('signing the audit log')),
  ];
  return {
    events,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
