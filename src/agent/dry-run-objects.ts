import type { SentDryRun } from '../contract/agent-v1/dry-run.ts';
import type { CommandPayload } from '../contract/agent-v1/command.ts';
import { targetKey } from '../domain/drift/autoscaled-targets.ts';
import type { FieldDrift, KubeObject } from '../domain/drift/drift.ts';
import { findDrift } from '../domain/drift/find-drift.ts';
import { isMap } from '../domain/drift/owned-field.ts';
import { mostObjects } from '../domain/dry-run/server-dry-run.ts';
import { quotesSecret, secretTexts } from '../domain/drift/secret-texts.ts';
import { CommandRefused } from './cluster-view.ts';
import { partsAt, textAt } from './field-at.ts';
import { findApplication } from './find-application.ts';
import { type KubeApi, KubeError } from './kube-api.ts';
import { type FindKind, kindFinder } from './kube-kinds.ts';
import { objectPath } from './kube-path.ts';
import { driftManager, ignoredIn, owners, readAutoscaled, readWanted } from './scan-drift.ts';
import { sentField } from './sent-field.ts';
import { beforeEnd, isOver } from './wait.ts';

/** Milliseconds after which no answer is awaited any more: the hub waits a little longer. */
export const dryRunPatience = 15_000;
/** Calls at once; others of this agent have their turn, too. */
const atOnce = 4;
const mostFields = 50;

interface DryRun {
  readonly api: KubeApi;
  readonly findKind: FindKind;
  readonly autoscaled: ReadonlySet<string>;
  readonly application: KubeObject;
  /** Where objects go that name no namespace. */
  readonly home: string;
  /** Aborts when the time is over. */
  readonly over: AbortSignal;
}

/**
 * What the API server would say if these objects were applied for an Application: always as a dry run. Secrets are not
 * asked about, and no value of one is answered; neither is what stands outside of the Application. What is not answered
 * when `over` aborts is `unasked`. Throws `CommandRefused` when the Application is not of this cluster.
 */
export async function dryRunObjects(
  api: KubeApi,
  { application: name, namespace, project, objects: text }: CommandPayload<'dryRunObjects'>,
  over: AbortSignal,
): Promise<readonly SentDryRun[]> {
  const objects = readObjects(text ?? '');
  const found = await beforeEnd(findApplication(api, { application: name, namespace, project }), over);
  if (!found) throw new CommandRefused(late);
  const { object: application } = found;
  const { destination } = application['spec'] as { readonly destination?: unknown };
  const server = textAt(destination, 'server') || textAt(destination, 'name');
  if (!/^(?:in-cluster|https:\/\/kubernetes\.default\.svc(?:[.:/].*)?|)$/.test(server))
    throw new CommandRefused(`${name} goes to another cluster, ${server.slice(0, 200)}`);
  const none: ReadonlySet<string> = new Set();
  const autoscaled = (await beforeEnd(readAutoscaled(api), over).catch(() => none)) ?? none;
  const home = textAt(destination, 'namespace') || 'default';
  const run: DryRun = { api, findKind: kindFinder(api), autoscaled, application, home, over };
  const answers: SentDryRun[] = [];
  for (let at = 0; at < objects.length; at += atOnce) {
    const part = objects.slice(at, at + atOnce);
    answers.push(...(await Promise.all(part.map((object) => askInTime(run, object)))));
  }
  return answers;
}

const late = 'the time for it was over';

const askInTime = async (run: DryRun, object: KubeObject): Promise<SentDryRun> =>
  (isOver(run.over) ? undefined : await beforeEnd(ask(run, object), run.over)) ?? unasked(late);

function readObjects(text: string): readonly KubeObject[] {
  const objects: unknown = JSON.parse(text);
  if (!Array.isArray(objects) || objects.length > mostObjects || !objects.every(isMap))
    throw new CommandRefused(`a dry run takes a list of at most ${mostObjects} objects`);
  return objects as readonly KubeObject[];
}

const unasked = (words: string): SentDryRun => ({ outcome: 'unasked', words });

async function ask(run: DryRun, object: KubeObject): Promise<SentDryRun> {
  const [kind, name] = [textAt(object, 'kind'), textAt(object, 'metadata', 'name')];
  if (kind === 'Secret') return unasked('Secrets are never asked about');
  if (name === '') return unasked('the cluster gives it its name');
  const apiVersion = textAt(object, 'apiVersion');
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  try {
    const collection = await run.findKind(group, version, kind);
    if (!collection) return { outcome: 'refused', words: `the cluster knows no ${kind} of ${apiVersion}` };
    const namespace = collection.namespaced ? textAt(object, 'metadata', 'namespace') || run.home : '';
    const outside = outsideOf(run, { group, kind, namespace, name });
    if (outside !== undefined) return unasked(outside);
    const path = objectPath(collection, namespace, name);
    return await compare(run, { object, path, namespace, group, kind, name });
  } catch (error) {
    if (error instanceof KubeError) return saidNo(error);
    // One name that cannot be is not to cost the answers about all others.
    if (error instanceof URIError) return { outcome: 'refused', words: error.message.slice(0, 500) };
    throw error;
  }
}

/**
 * Why an object is not the Application's to ask about. Whoever may change its files could otherwise name an object of
 * somebody else in them, and read from the difference what stands there.
 */
function outsideOf(
  { application, home }: DryRun,
  { group, kind, namespace, name }: Pick<Wanted, 'group' | 'kind' | 'namespace' | 'name'>,
): string | undefined {
  const listed = partsAt(application, 'status', 'resources');
  if (namespace !== '')
    return namespace === home || listed.some((one) => textAt(one, 'namespace') === namespace)
      ? undefined
      : 'it goes to another namespace than its Application';
  const isListed = listed.some(
    (one) => textAt(one, 'group') === group && textAt(one, 'kind') === kind && textAt(one, 'name') === name,
  );
  return isListed ? undefined : 'it stands in no namespace, and its Application does not list it';
}

interface Wanted {
  readonly object: KubeObject;
  readonly path: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

async function compare({ api, ...run }: DryRun, wanted: Wanted): Promise<SentDryRun> {
  const { object, path, group, kind, namespace, name } = wanted;
  const live = await api.get(path).catch(absent);
  let applied: KubeObject;
  try {
    applied = await api.dryRun(path, driftManager, object);
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return saidNo(error, [object, ...(live ? [live] : [])]);
  }
  if (!live) return { outcome: 'created' };
  const drift = findDrift({
    live,
    applied,
    manager: driftManager,
    before: await wantedBefore(api, path, live),
    owners,
    autoscaled: run.autoscaled.has(targetKey(kind, namespace, name)),
    ignored: ignoredIn(run.application, [group, kind, namespace]),
  });
  return drift?.what === 'changed' ? changed(drift.fields) : { outcome: 'same' };
}

const changed = (fields: readonly FieldDrift[]): SentDryRun => ({
  outcome: 'changed',
  fields: fields.slice(0, mostFields).map(sentField),
  more: Math.max(0, fields.length - mostFields),
});

function absent(error: unknown): undefined {
  if (error instanceof KubeError && error.status === 404) return undefined;
  throw error;
}

/** What whoever applies owned until now: by the note in the object, or by its own applies on the server. */
async function wantedBefore(api: KubeApi, path: string, live: KubeObject) {
  const note = readWanted(live);
  if (note !== undefined) {
    const object = await api.dryRun(path, driftManager, note).catch(() => undefined);
    return object && { object, manager: driftManager };
  }
  const entries = partsAt(live, 'metadata', 'managedFields');
  const applier = entries.find(
    ({ manager, operation }) => operation === 'Apply' && owners.includes(String(manager)),
  );
  return applier && { object: live, manager: String(applier['manager']) };
}

/** What the API server says for want of a right, and not of the object itself. */
const noRight = / cannot (?:get|patch|create) resource /;

function saidNo({ status, words, message }: KubeError, objects: readonly KubeObject[] = []): SentDryRun {
  // A message of an admission can quote the object that it refuses.
  const isSecret = quotesSecret(words, objects.flatMap(secretTexts));
  const said = isSecret ? 'its words may hold secret values, so they are not shown' : words.slice(0, 500);
  if (status === 0 || status === 429 || status >= 500)
    return unasked(isSecret ? said : message.slice(0, 500));
  if (status === 403 && noRight.test(words)) return unasked(`the agent may not: ${said}`);
  if (status === 404 && /^namespaces? /.test(words))
    return unasked(`its namespace is not there yet: ${said}`);
  return { outcome: 'refused', words: said };
}
