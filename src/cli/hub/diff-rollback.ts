import type { Plan, Preview } from '../../contract/plan.ts';
import type { DiffedFile } from '../../domain/diff/unified-diff.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { exitCode } from '../exit-code.ts';
import { noteTarget } from '../note-target.ts';
import { ofWireRendered } from '../of-wire-rendered.ts';
import { paintedDiff } from '../painted-diff.ts';
import { planJson } from '../plan-json.ts';
import { ofWireFile, ofWirePlan } from '../plan-view.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { renderedText } from '../rendered-text.ts';
import { outputStyle } from '../style.ts';
import { type Connection, projectOf } from './connect.ts';
import { describeRevision } from './hub-scope.ts';
import { type RollbackWords, rollbackWish } from './rollback-wish.ts';

/** A rollback whose lines are wanted, as it was typed. */
export interface DiffRollbackOptions extends RollbackWords {
  readonly output?: 'json' | 'yaml' | 'wide';
  readonly render?: boolean;
}

/** Prints line by line what a rollback on a server would change: its preview, file for file. Nothing is submitted. */
export async function diffRollback(
  context: CommandContext,
  connection: Connection,
  options: DiffRollbackOptions,
): Promise<void> {
  const { terminal, finish } = context;
  const params = { slug: projectOf(connection) };
  // What would be deleted is shown, as nothing is.
  const wish = await rollbackWish(context, connection, { ...options, allowDelete: true });
  using progress = startProgress(terminal, 'Planning…', true);
  const look = (more: object): Promise<Preview> =>
    connection.client.call('previewRollback', { params, body: { ...wish, ...more } });
  const { plan, regeneration } = await look({});
  if (!plan.empty || plan.refused.length > 0) finish(exitCode.different);
  const targetSha = plan.target ?? wish.targetSha;
  if (options.render) progress.show('Rendering…');
  const rendered = options.render
    ? ofWireRendered(await connection.client.call('renderRollback', { params, body: { ...wish, targetSha } }))
    : undefined;
  if (options.output === 'json' || options.output === 'yaml') {
    const result = { digest: plan.digest, outcome: 'dry-run', commit: undefined, pushed: false } as const;
    const value = planJson(ofWirePlan(plan, regeneration), result);
    return printValue(terminal, rendered ? { ...value, rendered } : value, options.output);
  }
  const about = await describeRevision(connection, context.hub, targetSha);
  progress[Symbol.dispose]();
  noteTarget(terminal, about, ofWirePlan(plan));
  for (const file of plan.services.flatMap(({ files }) => files)) {
    const again = await look({ targetSha, showText: file.path });
    terminal.stdout.write(paintedDiff([diffedFile(plan, again, file)], outputStyle(terminal)));
    if (!terminal.stdout.writable) return undefined;
  }
  if (rendered) terminal.stdout.write(renderedText(rendered, outputStyle(terminal)));
  return undefined;
}

type WireFile = Plan['services'][number]['files'][number];

/** One file with its texts, which come with a preview of their own. Throws `digest_stale` when it is another plan's. */
function diffedFile({ digest }: Plan, { plan, text }: Preview, wire: WireFile): DiffedFile {
  if (plan.digest !== digest) throw new Refusal('digest_stale');
  const file = ofWireFile(wire);
  const opaque = text?.opaque ?? undefined;
  const hidden = opaque === undefined ? undefined : /secret/.test(opaque) ? 'secret' : 'binary';
  return { file, before: text?.before ?? undefined, after: text?.after ?? undefined, hidden };
}
