import type { ResultOf } from '../../contract/operations.ts';
import type { PlannedFile } from '../../domain/plan/plan.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RenderedChange } from '../../domain/rendered/rendered-change.ts';
import type { DiffedFile } from '../../domain/diff/unified-diff.ts';
import { exitCode } from '../exit-code.ts';
import { ofWireRendered } from '../of-wire-rendered.ts';
import { paintedDiff } from '../painted-diff.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { renderedText } from '../rendered-text.ts';
import { outputStyle } from '../style.ts';
import type { HubContext } from './config.ts';
import { type Connection, connectTo, projectOf } from './connect.ts';
import { type NamedScope, hubRevision, hubScope, previousRevision } from './hub-scope.ts';

/** Two revisions of a scope on a server, as they were typed. */
export interface HubDiffOptions extends NamedScope {
  /** The revision to go back to: what is now is compared with it. */
  readonly to?: string;
  readonly output?: 'json' | 'yaml' | 'wide';
  readonly render?: boolean;
}

type Comparison = ResultOf<'compareRevisions'>;
type WireFile = Comparison['services'][number]['files'][number];

/** `knowngood diff` on a server: from the first revision to the second or to now; without any, what going back changes. */
export async function diffHub(
  context: CommandContext,
  chosen: HubContext,
  {
    revisions,
    options,
  }: { readonly revisions: readonly (string | undefined)[]; readonly options: HubDiffOptions },
): Promise<void> {
  const { terminal, hub, finish } = context;
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const scope = await hubScope(connection, options);
  const { service, to: target, output } = options;
  const [first, second] = revisions.map((text) => text && hubRevision(hub, text));
  if (options.render && first !== undefined) throw new Refusal('option_elsewhere', betweenRevisions);
  const then = target === undefined ? undefined : hubRevision(hub, target);
  const from = first ?? then ?? (await previousRevision(connection, scope, service));
  const range = { ...scope, from, ...(second === undefined ? {} : { to: second }) };
  using progress = startProgress(terminal, 'Comparing…');
  const query = { ...range, ...(service === undefined ? {} : { service }) };
  const found = await connection.client.call('compareRevisions', { params, query });
  if (found.services.length > 0) finish(exitCode.different);
  const rendered = options.render
    ? await rolledBack(connection, { ...scope, service, targetSha: from })
    : undefined;
  if (output === 'json' || output === 'yaml')
    return printValue(terminal, rendered ? { ...found, rendered } : found, output);
  // Without a revision to start from, it is read as a rollback: from now to then.
  const back = first === undefined;
  for (const { path } of found.services.flatMap(({ files }) => files)) {
    const one = await connection.client.call('compareFile', { params, query: { ...range, path } });
    progress[Symbol.dispose]();
    terminal.stdout.write(paintedDiff([diffed(one, back)], outputStyle(terminal)));
    if (!terminal.stdout.writable) return undefined;
  }
  if (rendered) terminal.stdout.write(renderedText(rendered, outputStyle(terminal)));
  if (!found.complete) terminal.stderr.write('note: more files differ than a server lists\n');
  return undefined;
}

const betweenRevisions = {
  option: '--render',
  place: 'going back from now',
  way: 'name no revision but with --to',
};

/** The objects that going back would change. */
async function rolledBack(
  connection: Connection,
  {
    service,
    ...scope
  }: { readonly service: string | undefined; readonly targetSha: string } & TenantEnvironment,
): Promise<RenderedChange> {
  const params = { slug: projectOf(connection) };
  const mode = service === undefined ? ('full' as const) : ('service' as const);
  const body = { ...scope, mode, ...(service === undefined ? {} : { service }), allowDelete: true };
  return ofWireRendered(await connection.client.call('renderRollback', { params, body }));
}

const turned = { added: 'deleted', deleted: 'added', modified: 'modified', mode: 'mode' } as const;

function plannedFile({ path, change, before, after }: WireFile, back: boolean): PlannedFile {
  const [now, then] = back ? [after, before] : [before, after];
  const sides = { before: now ?? undefined, after: then ?? undefined } as Pick<
    PlannedFile,
    'before' | 'after'
  >;
  return { path, change: back ? turned[change] : change, ...sides };
}

function diffed({ file, text, opaque }: ResultOf<'compareFile'>, back: boolean): DiffedFile {
  const [before, after] = back ? [text?.to, text?.from] : [text?.from, text?.to];
  const hidden = text ? undefined : /secret/.test(opaque ?? '') ? 'secret' : 'binary';
  return { file: plannedFile(file, back), before: before ?? undefined, after: after ?? undefined, hidden };
}
