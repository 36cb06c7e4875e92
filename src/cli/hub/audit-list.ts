import type { WireAuditRow } from '../../contract/audit.ts';
import { addExamples } from '../examples.ts';
import type { HubAccess } from '../hub-access.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import type { AddCommand } from '../program.ts';
import { ago } from './ago.ts';
import { type AuditFilterOptions, addAuditFilter, auditFilter } from './audit-filter.ts';
import { connect } from './connect.ts';
import { type Column, printList, readPages } from './print-list.ts';
import { personText } from './request-words.ts';

interface ListOptions extends AuditFilterOptions {
  readonly limit: number;
  readonly output?: OutputFormat;
}

type Row = Omit<WireAuditRow, 'details'>;

const columns = (hub: Pick<HubAccess, 'clock'>): readonly Column<Row>[] => [
  { title: 'ROW', cell: ({ seq }) => String(seq) },
  { title: 'AGE', cell: ({ at }) => ago(hub, at) },
  { title: 'WHO', cell: ({ actor }) => personText(actor) },
  { title: 'ACTION', cell: ({ action }) => action },
  { title: 'OF', cell: ({ object }) => `${object.type} ${object.id}` },
  { title: 'PROJECT', cell: ({ project }) => project ?? '' },
  { title: 'FLAGS', cell: ({ flags }) => flags.join(' ') },
  { title: 'TIME', cell: ({ at }) => at, wide: true },
  { title: 'CREDENTIAL', cell: ({ credential }) => `${credential.kind} ${credential.id}`, wide: true },
  { title: 'HASH', cell: ({ hash }) => hash, wide: true },
];

/** `knowngood audit list`: who did what, newest first. */
export const addAuditList: AddCommand = (audit, context) => {
  const command = audit.command('list').description('list who did what, newest first');
  addExamples(
    command,
    ['the last entries of a project', 'knowngood audit list -p shop'],
    [
      'every approval that was bypassed this week',
      'knowngood audit list --flag break_glass --from 7d -o wide',
    ],
  );
  addAuditFilter(command)
    .addOption(limitOption(50))
    .addOption(outputOption())
    .action(async (options: ListOptions) => {
      const { client } = await connect(context, options);
      const filter = auditFilter(context.hub, options);
      const items = await readPages(options.limit, (paging) =>
        client.call('listAudit', { query: { ...filter, ...paging } }),
      );
      printList(context.terminal, items, {
        output: options.output,
        columns: columns(context.hub),
        nameOf: ({ seq }) => String(seq),
        none: 'No entry is like that.',
      });
    });
};
