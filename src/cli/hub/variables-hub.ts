import type { ResultOf } from '../../contract/operations.ts';
import { fieldText, valueText } from '../field-value.ts';
import type { OutputFormat } from '../output-option.ts';
import type { CommandContext } from '../program.ts';
import type { HubContext } from './config.ts';
import { connectTo, projectOf } from './connect.ts';
import { type NamedScope, hubScope } from './hub-scope.ts';
import { type Column, printList } from './print-list.ts';

type Answer = ResultOf<'listVariables'>;

/** A variable as the wire tells it, from a server or from a repository here. */
export type ShownVariable = Answer['items'][number];

/** What variables are in a place; `complete` is false where more services have some. */
export type ShownVariables = Readonly<Answer>;

type Said = Pick<ShownVariable, 'value' | 'secretRef' | 'type'>;

const textOf = ({ value, secretRef }: Said): string =>
  secretRef ? `secret ${secretRef.name}, key ${secretRef.key}` : valueText(value);

/** Shortened only where people read it, as fields are. */
const columns = (wide: boolean, ofService: boolean): readonly Column<ShownVariable>[] => [
  ...(ofService ? [] : [{ title: 'SERVICE', cell: ({ service }: ShownVariable) => service }]),
  { title: 'KEY', cell: ({ key }) => key },
  { title: 'VALUE', cell: (one) => (wide ? textOf(one) : fieldText(textOf(one))) },
  { title: 'SCOPE', cell: ({ scope }) => scope },
  { title: 'FILE', cell: ({ file, line }) => `${file}:${line}` },
  {
    title: 'OVERRIDES',
    cell: ({ overrides }) => overrides.map((one) => `${one.scope}: ${textOf(one)}`).join('; '),
    wide: true,
  },
];

/** How variables are to be printed. */
export interface VariablesView {
  readonly output: OutputFormat | undefined;
  /** One service was named, and needs no column. */
  readonly ofService: boolean;
}

/** Prints variables as lists are printed, and says where there are more. */
export function printVariables(
  { terminal }: CommandContext,
  { items, complete }: ShownVariables,
  { output, ofService }: VariablesView,
): void {
  printList(terminal, items, {
    output,
    columns: columns(output === 'wide', ofService),
    nameOf: ({ service, key }) => `${service}:${key}`,
    none: 'No variable counts there: none is set, or nothing is generated',
  });
  if (!complete) terminal.stderr.write('More services have variables; name one with -s\n');
}

/** What variables are in a place of a project on a server. */
export async function readVariablesHub(
  context: CommandContext,
  chosen: HubContext,
  { service, ...named }: NamedScope,
): Promise<ShownVariables> {
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection), ...(await hubScope(connection, named)) };
  return connection.client.call('listVariables', { params, query: service === undefined ? {} : { service } });
}
