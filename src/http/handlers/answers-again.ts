import type { requestOperations } from '../../contract/operations/requests.ts';
import { wireTime } from '../../contract/primitives.ts';
import type { submissionOperations } from '../../contract/operations/submissions.ts';
import type { Actor } from '../../domain/people/actor.ts';
import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { partyName } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { invariant } from '../../std/invariant.ts';
import { getBreakGlass } from '../../app/break-glass/list-break-glass.ts';
import { findHold } from '../../app/holds/find-hold.ts';
import { showCluster } from '../../app/clusters/view-cluster.ts';
import type { Hub } from '../../app/hub.ts';
import { describeMe } from '../../app/people/describe-me.ts';
import { findAccount } from '../../app/people/find-account.ts';
import { namedGrant } from '../../app/people/list-grants.ts';
import { withOwner } from '../../app/people/list-service-accounts.ts';
import { requireProject } from '../../app/projects/find-project.ts';
import { getProject } from '../../app/projects/get-project.ts';
import { getIndexProgress } from '../../app/projects/reindex-project.ts';
import { getRequest } from '../../app/requests/get-request.ts';
import { findDelivery } from '../../app/webhooks/find-webhook.ts';
import { viewDeliveries } from '../../app/webhooks/view-webhook.ts';
import type { AnswersAgain, RepeatableId } from '../handler.ts';
import { wireGrant, wireServiceAccount } from './wire-account.ts';
import { wireClusterDetail, wireCommand } from './wire-cluster.ts';
import { wireSession } from './wire-break-glass.ts';
import { wireHold } from './holds.ts';
import { wireMe } from './wire-me.ts';
import { wireIndex, wireProject } from './wire-project.ts';
import { wireRequest } from './wire-request.ts';
import { wireDelivery } from './wire-webhook.ts';

interface Asker {
  readonly actor: Actor;
}

type RequestId = Extract<RepeatableId, keyof (typeof requestOperations & typeof submissionOperations)>;

/** The entry of this number, which cannot be gone. */
async function changeOf({ store }: Hub, seq: number): Promise<AuditEntry> {
  const [row] = await store.audit.after(seq - 1, 1);
  invariant(row, 'audit rows never go');
  return row.entry;
}

function requestAnswers(hub: Hub): Pick<AnswersAgain, RequestId | 'reapplyHold'> {
  const request = async ({ actor }: Asker, seq: number) => {
    const { requestId: id = '' } = await changeOf(hub, seq);
    const view = await getRequest(hub, actor, { id, kind: undefined });
    // Recovery has yet to find out what comes of it.
    if (view.request.state === 'executing') throw new Refusal('in_flight');
    return wireRequest(view);
  };
  return {
    submitRollback: request,
    submitUndo: request,
    submitRelease: request,
    submitPromotion: request,
    approveRequest: request,
    rejectRequest: request,
    executeRequest: request,
    cancelRequest: request,
    resubmitRequest: request,
    reapplyHold: request,
    addNote: request,
  };
}

function clusterAnswers(hub: Hub): Pick<AnswersAgain, 'bindCluster' | 'unbindCluster' | 'syncApplication'> {
  const cluster = async ({ params }: { readonly params: { readonly id: string } }) =>
    wireClusterDetail(await showCluster(hub, params.id));
  return {
    bindCluster: cluster,
    unbindCluster: cluster,
    syncApplication: async (_, seq) => {
      const { commandId } = (await changeOf(hub, seq)).details;
      invariant(typeof commandId === 'string', 'an entry about a command names it');
      const command = await hub.store.clusterCommands.get(commandId);
      if (!command) throw new Refusal('not_visible', { what: 'this command' });
      return wireCommand(command);
    },
  };
}

function judgementAnswers(hub: Hub): Pick<AnswersAgain, 'markDeployment' | 'receiveSignals'> {
  return {
    markDeployment: async ({ params, body }, seq) => {
      const { at, actor } = await changeOf(hub, seq);
      const { tenant, environment, mark, reason } = body;
      const said = { tenant, environment, mark, reason: reason ?? '' };
      return { revision: params.revision, ...said, by: partyName(actor), at: wireTime(at) };
    },
    receiveSignals: async ({ body }, seq) => {
      const { begun, over } = (await changeOf(hub, seq)).details;
      const received = Number(begun) + Number(over);
      return { received, ignored: body.alerts.length - received };
    },
  };
}

/** The same answers from the database of a hub, as what was changed is now: for `buildServer`. */
export function answersAgain(hub: Hub): AnswersAgain {
  const { store } = hub;
  const session = async ({ actor }: Asker, seq: number) => {
    const found = await getBreakGlass(hub, actor, (await changeOf(hub, seq)).object.id);
    return wireSession(found, (await requireProject(store, found.projectId)).slug, hub.clock());
  };
  const hold = async ({ actor }: Asker, seq: number) => {
    const found = await findHold(store, actor, (await changeOf(hub, seq)).object.id);
    return wireHold(found, (await requireProject(store, found.projectId)).slug, hub.clock());
  };
  const delivery = async (_: Asker, seq: number) => {
    const { delivery: id } = (await changeOf(hub, seq)).details;
    invariant(typeof id === 'string', 'an entry about a delivery names it');
    const [view] = await viewDeliveries(store, [await findDelivery(store, id)]);
    invariant(view, 'one delivery has one view');
    return wireDelivery(view);
  };
  return {
    ...requestAnswers(hub),
    openBreakGlass: session,
    reviewBreakGlass: session,
    liftHold: hold,
    pingWebhook: delivery,
    redeliver: delivery,
    createProject: async ({ actor }, seq) => {
      const { slug } = await requireProject(store, (await changeOf(hub, seq)).object.id);
      return wireProject(hub, await getProject(hub, actor, slug));
    },
    reindexProject: async ({ actor, params }) => wireIndex(await getIndexProgress(hub, actor, params.slug)),
    giveGrant: async (_, seq) => {
      const grant = await store.grants.get((await changeOf(hub, seq)).object.id);
      if (!grant) throw new Refusal('not_visible', { what: 'this grant' });
      return wireGrant(await namedGrant(store, grant));
    },
    createServiceAccount: async (_, seq) => {
      const { id } = (await changeOf(hub, seq)).object;
      return wireServiceAccount(await withOwner(store, await findAccount(store, 'service_account', id)));
    },
    ...clusterAnswers(hub),
    ...judgementAnswers(hub),
    reauthenticate: async ({ actor }) => wireMe(await describeMe(hub, actor)),
  };
}
