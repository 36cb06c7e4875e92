import { type ShownField, fieldsTable } from '../fields-table.ts';
import { ofWireService } from '../plan-view.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import type { HubContext } from './config.ts';
import { connectTo, projectOf } from './connect.ts';
import { type NamedScope, hubRevision, hubScope, previousRevision } from './hub-scope.ts';

interface FieldsOptions extends NamedScope {
  /** The revision to go back to: what is now is compared with it. */
  readonly to?: string;
  readonly output?: 'json' | 'yaml' | 'wide';
}

/** `knowngood fields` on a server: the fields that differ from the target, without the commits that changed them. */
export async function fieldsHub(
  context: CommandContext,
  chosen: HubContext,
  { to, service, output, ...named }: FieldsOptions,
): Promise<void> {
  const { terminal, hub } = context;
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const scope = await hubScope(connection, named);
  const from = to === undefined ? await previousRevision(connection, scope, service) : hubRevision(hub, to);
  using progress = startProgress(terminal, 'Comparing…');
  const query = { ...scope, from, ...(service === undefined ? {} : { service }) };
  const { services } = await connection.client.call('compareRevisions', { params, query });
  progress[Symbol.dispose]();
  // The comparison goes from then to now; a list of fields says what is now first.
  const fields: readonly ShownField[] = services.map(ofWireService).flatMap((change) =>
    change.fields.map((field) => ({
      ...field,
      before: field.after,
      after: field.before,
      service: change.service,
    })),
  );
  if (output === 'json' || output === 'yaml') return printValue(terminal, services, output);
  const columns = terminal.stdoutIsTerminal ? terminal.columns : undefined;
  const view = { wide: output === 'wide', columns, ofService: service !== undefined, withoutCommits: true };
  terminal.stdout.write(fields.length === 0 ? 'No field differs.\n' : fieldsTable(fields, view));
  return undefined;
}
