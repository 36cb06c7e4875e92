import type { ResultOf } from '../../contract/operations.ts';
import type { DiffedFile } from '../../domain/diff/unified-diff.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { exitCode } from '../exit-code.ts';
import { paintedDiff } from '../painted-diff.ts';
import { ofWireFile } from '../plan-view.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { outputStyle } from '../style.ts';
import type { HubContext } from './config.ts';
import { type Connection, connectTo, projectOf } from './connect.ts';
import { type DiffRollbackOptions, diffRollback } from './diff-rollback.ts';
import { hubRevision, hubScope } from './hub-scope.ts';
import { flagOf } from './place-of.ts';

interface Range {
  readonly from: string;
  readonly until: string | undefined;
}

/** `knowngood diff` on a server: what a rollback would change, or what differs from one revision to another or to now. */
export async function diffHub(
  context: CommandContext,
  chosen: HubContext,
  {
    revisions: [from, until],
    options,
  }: { readonly revisions: readonly (string | undefined)[]; readonly options: DiffRollbackOptions },
): Promise<void> {
  const connection = await connectTo(context, chosen);
  if (from === undefined) return diffRollback(context, connection, options);
  const given = rollbackOptions.find((name) => options[name] !== undefined);
  if (given !== undefined)
    throw new Refusal('option_elsewhere', { option: flagOf(given), ...betweenRevisions });
  return diffRevisions({ context, connection, options }, { from, until });
}

const rollbackOptions = ['to', 'field', 'keep', 'includeShared', 'shared', 'render'] as const;
const betweenRevisions = { place: 'going back from now', way: 'name no revision but with --to' };

interface Asked {
  readonly context: CommandContext;
  readonly connection: Connection;
  readonly options: DiffRollbackOptions;
}

async function diffRevisions({ context, connection, options }: Asked, { from, until }: Range): Promise<void> {
  const { terminal, hub, finish } = context;
  const params = { slug: projectOf(connection) };
  const scope = await hubScope(connection, options);
  const { service, output } = options;
  const to = until === undefined ? {} : { to: hubRevision(hub, until) };
  const range = { ...scope, from: hubRevision(hub, from), ...to };
  using progress = startProgress(terminal, 'Comparing…');
  const query = { ...range, ...(service === undefined ? {} : { service }) };
  const found = await connection.client.call('compareRevisions', { params, query });
  if (found.services.length > 0) finish(exitCode.different);
  if (output === 'json' || output === 'yaml') return printValue(terminal, found, output);
  for (const { path } of found.services.flatMap(({ files }) => files)) {
    const one = await connection.client.call('compareFile', { params, query: { ...range, path } });
    progress[Symbol.dispose]();
    terminal.stdout.write(paintedDiff([diffed(one)], outputStyle(terminal)));
    if (!terminal.stdout.writable) return undefined;
  }
  if (!found.complete) terminal.stderr.write('note: more files differ than a server lists\n');
  return undefined;
}

function diffed({ file, text, opaque }: ResultOf<'compareFile'>): DiffedFile {
  const hidden = text ? undefined : /secret/.test(opaque ?? '') ? 'secret' : 'binary';
  return {
    file: ofWireFile(file),
    before: text?.from ?? undefined,
    after: text?.to ?? undefined,
    hidden,
  };
}
