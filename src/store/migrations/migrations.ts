import { audit } from './0005-audit.ts';
import { commandAnswers } from './0017-command-answers.ts';
import { clusterCommands } from './0012-cluster-commands.ts';
import { clusters } from './0009-clusters.ts';
import { delivery } from './0006-delivery.ts';
import { deployments } from './0003-deployments.ts';
import { fieldCounts } from './0008-field-counts.ts';
import { freezesOfRequests } from './0015-freezes-of-requests.ts';
import { heldKeys } from './0010-held-keys.ts';
import { holds } from './0014-holds.ts';
import type { Migration } from './migration.ts';
import { people } from './0001-people.ts';
import { projects } from './0002-projects.ts';
import { requestChanges } from './0011-request-changes.ts';
import { returnedHolds } from './0016-returned-holds.ts';
import { sealedWebhookUrls } from './0013-sealed-webhook-urls.ts';
import { requests } from './0004-requests.ts';
import { webhooks } from './0007-webhooks.ts';

/** Every migration, in the order in which they are applied. */
export const migrations: readonly Migration[] = [
  people,
  projects,
  deployments,
  requests,
  audit,
  delivery,
  webhooks,
  fieldCounts,
  clusters,
  heldKeys,
  requestChanges,
  clusterCommands,
  sealedWebhookUrls,
  holds,
  freezesOfRequests,
  returnedHolds,
  commandAnswers,
];
