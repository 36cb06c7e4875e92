import { Readable, promises } from 'node:stream';
import { Option } from 'commander';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { addExamples } from '../examples.ts';
import type { AddCommand } from '../program.ts';
import { type AuditFilterOptions, addAuditFilter, auditFilter } from './audit-filter.ts';
import { connect } from './connect.ts';
import { refusalOf } from './reach.ts';

interface ExportOptions extends AuditFilterOptions {
  readonly format: 'jsonl' | 'csv';
}

/** `knowngood audit export > FILE`: the log, oldest first, however long it is. */
export const addAuditExport: AddCommand = (audit, context) => {
  const { terminal, hub, version } = context;
  const command = audit
    .command('export')
    .description('write the log to stdout, oldest first; without a filter, JSON Lines verify offline');
  addExamples(
    command,
    ['all of it, to be kept and verified', 'knowngood audit export > audit.jsonl'],
    [
      'a month of one project, for a spreadsheet',
      'knowngood audit export -p shop --from 30d --format csv > audit.csv',
    ],
  );
  addAuditFilter(command)
    .addOption(new Option('--format <format>', 'the format').choices(['jsonl', 'csv']).default('jsonl'))
    .action(async (options: ExportOptions) => {
      const { client, context: chosen } = await connect(context, options);
      const { server, token = '' } = chosen;
      const filter = auditFilter(hub, options);
      // Whatever the server says No to, it says here, in words.
      await client.call('listAudit', { query: { ...filter, limit: 1 } });
      const url = client.url('exportAudit', { query: { ...filter, format: options.format } });
      const headers = { authorization: `Bearer ${token}`, 'user-agent': `knowngood/${version}` };
      try {
        const { status, pieces } = await hub.download(url, headers);
        if (status !== 200) throw new Refusal('server_foreign', { server, status, api: 'v2' });
        await promises.pipeline(Readable.from(pieces), terminal.stdout, { end: false });
      } catch (error) {
        throw error instanceof Refusal ? error : refusalOf(error, server, hub.patience);
      }
    });
};
