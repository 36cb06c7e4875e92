import { type ManifestValue, kindOf, nameOf } from '../../delivery/manifest-set.ts';
import { dryRunObstacle } from '../../domain/dry-run/dry-run-obstacle.ts';
import {
  type ClusterDryRun,
  type DryRunAnswer,
  type DryRunObject,
  type MissingDryRun,
  type ServerDryRun,
  longestObjects,
  mostObjects,
} from '../../domain/dry-run/server-dry-run.ts';
import { type Actor, partyName, partyOf } from '../../domain/people/actor.ts';
import { isMapping } from '../../tree/fields/is-mapping.ts';
import { saveChange } from '../audit/save-change.ts';
import { type CommandWish, addCommand } from '../clusters/add-command.ts';
import type { ClusterCommand } from '../clusters/agent-commands.ts';
import { applicationKey } from '../clusters/bind-applications.ts';
import type { Hub } from '../hub.ts';
import { answerPatience, awaitAnswers } from './await-answers.ts';
import { type PlacedObjects, placeObjects } from './place-objects.ts';
import type { WantedService } from './wanted-objects.ts';

/** Applications that are asked about at once. */
const mostApplications = 10;
/** Dry runs that one agent has to do at once, over all who ask. */
const mostOpen = 20;

/** One Application with what is sent to its agent, or why nothing is. */
interface Question {
  readonly placed: PlacedObjects;
  readonly sent: PlacedObjects['objects'];
  readonly obstacle: MissingDryRun | undefined;
}

/**
 * Asks the agents of the clusters that would get these objects what their API servers would say, as a dry run, and
 * waits for them. Secrets stay here. What cannot be asked or is not answered in time is named with the reason.
 */
export async function askClusters(
  hub: Hub,
  actor: Actor,
  { projectId, services }: { readonly projectId: string; readonly services: readonly WantedService[] },
): Promise<ServerDryRun> {
  const { placed, missing } = await placeObjects(hub.store, projectId, services);
  const leftOut = placed
    .slice(mostApplications)
    .map(({ application }) => `Application ${applicationKey(application)}`);
  const questions: Question[] = [];
  for (const one of placed.slice(0, mostApplications)) {
    const { sent, tooMany } = chooseObjects(one.objects);
    leftOut.push(...tooMany.map(({ value }) => `${kindOf(value)} ${nameOf(value)}`));
    questions.push({ placed: one, sent, obstacle: dryRunObstacle(one.cluster, hub.clock()) });
  }
  const answers = await send(hub, actor, questions);
  return {
    clusters: questions.map((question) => clusterAnswer(question, answers.get(question))),
    missing,
    leftOut,
  };
}

const isSecret = (value: ManifestValue): boolean => kindOf(value) === 'Secret';

function chooseObjects(objects: PlacedObjects['objects']) {
  const sent: PlacedObjects['objects'] = [];
  const tooMany: PlacedObjects['objects'] = [];
  let length = 2;
  for (const object of objects.filter(({ value }) => !isSecret(value))) {
    const more = Buffer.byteLength(JSON.stringify(object.value)) + 1;
    if (sent.length < mostObjects && length + more <= longestObjects) {
      sent.push(object);
      length += more;
    } else tooMany.push(object);
  }
  return { sent, tooMany };
}

const busy: MissingDryRun = { layer: 'agent', reason: 'its agent has other dry runs to do; try again' };

/** What came of each question that could be sent, or why it was not. Nothing of it is kept. */
async function send(
  hub: Hub,
  actor: Actor,
  questions: readonly Question[],
): Promise<ReadonlyMap<Question, ClusterCommand | MissingDryRun | undefined>> {
  const asked = questions.filter(({ obstacle, sent }) => obstacle === undefined && sent.length > 0);
  if (asked.length === 0) return new Map();
  const requestedBy = partyName(partyOf(actor));
  const commands = await saveChange(hub, async (tx) => {
    await tx.clusterCommands.removeExpiredQuestions(hub.clock());
    const made = new Map<Question, ClusterCommand>();
    for (const question of asked) {
      // Counted where it is added, so that many who ask at once cannot all be the last.
      const open = await tx.clusterCommands.questionsOpen(question.placed.cluster.id, hub.clock());
      if (open < mostOpen)
        made.set(question, await addCommand(hub, tx, { actor, wish: wishOf(question, requestedBy) }));
    }
    return made;
  });
  if (commands.size === 0) return new Map(asked.map((question) => [question, busy]));
  hub.wake('commands');
  const ids = [...commands.values()].map(({ id }) => id);
  const answers = await awaitAnswers(hub, ids);
  const answerTo = (command: ClusterCommand | undefined) => (command ? answers.get(command.id) : busy);
  return new Map(asked.map((question) => [question, answerTo(commands.get(question))]));
}

function wishOf({ placed, sent }: Question, requestedBy: string): CommandWish {
  const { name, namespace, project } = placed.application;
  const application = { application: name, namespace, project };
  return {
    cluster: placed.cluster,
    kind: 'dryRunObjects',
    payload: { ...application, objects: JSON.stringify(sent.map(({ value }) => value)) },
    // The objects themselves may hold what nobody should read in a log.
    about: { ...application, objects: sent.length },
    requestedBy,
    // Nobody waits for what an agent would begin with later.
    patience: answerPatience,
  };
}

function clusterAnswer(
  { placed, sent, obstacle }: Question,
  command: ClusterCommand | MissingDryRun | undefined,
): ClusterDryRun {
  const { cluster, application, objects } = placed;
  const head = { cluster: cluster.name, application: applicationKey(application) };
  const secrets = objects.filter(({ value }) => isSecret(value)).map((object) => shown(object, secretsStay));
  const read = obstacle ?? (sent.length === 0 ? [] : readAnswer(command, sent.length));
  if ('layer' in read) return { ...head, missing: read, objects: [] };
  const told = sent.flatMap((object, at) => {
    const answer = read[at];
    return answer ? [shown(object, answer)] : [];
  });
  return { ...head, missing: undefined, objects: [...told, ...secrets] };
}

const secretsStay: DryRunAnswer = {
  outcome: 'unasked',
  words: 'Secrets are not sent to agents',
  fields: [],
  more: 0,
};

function readAnswer(
  command: ClusterCommand | MissingDryRun | undefined,
  count: number,
): readonly DryRunAnswer[] | MissingDryRun {
  const missing = (reason: string): MissingDryRun => ({ layer: 'agent', reason });
  if (command && 'layer' in command) return command;
  if (command?.status === 'failed') return missing(`its agent says: ${command.message}`);
  if (command?.status !== 'completed') return missing('its agent did not answer in time');
  const answers = JSON.parse(command.answer ?? '[]') as readonly DryRunAnswer[];
  return answers.length === count ? answers : missing('what its agent answered is not understood');
}

function shown({ service, value }: PlacedObjects['objects'][number], answer: DryRunAnswer): DryRunObject {
  const { apiVersion, metadata } = value;
  const namespace = isMapping(metadata) ? metadata['namespace'] : undefined;
  return {
    service,
    apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
    kind: kindOf(value),
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
    name: nameOf(value),
    ...answer,
  };
}
