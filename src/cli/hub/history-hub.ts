import { healthText } from '../../domain/deployment/health-text.ts';
import { tenantEnvironmentName } from '../../domain/plan/scope.ts';
import type { Deployment } from '../../contract/deployment.ts';
import { type ShownDeployment, historyTable } from '../history-table.ts';
import { printValue } from '../print.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import type { HubContext } from './config.ts';
import { connectTo, projectOf } from './connect.ts';
import { readPages } from './print-list.ts';

/** A history on a server, as it was asked for. */
export interface HubHistoryOptions {
  readonly tenant?: string;
  readonly environment?: string;
  readonly service?: string;
  readonly author?: string;
  readonly source?: Deployment['source'];
  readonly status?: Deployment['status'];
  readonly limit: number;
  readonly all?: boolean;
  readonly output?: 'json' | 'yaml' | 'wide';
}

/** `knowngood history` on a server: of one tenant-environment, or of all that are not told apart. */
export async function historyHub(
  context: CommandContext,
  chosen: HubContext,
  options: HubHistoryOptions,
): Promise<void> {
  const { terminal, hub } = context;
  const connection = await connectTo(context, chosen);
  const params = { slug: projectOf(connection) };
  const {
    tenant = chosen.tenant,
    environment = chosen.environment,
    service,
    author,
    source,
    status,
  } = options;
  const filter = { tenant, environment, service, author, source, status };
  using progress = startProgress(terminal, 'Reading the history…');
  const rows = await readPages(options.all ? Infinity : options.limit, (paging) =>
    connection.client.call('listDeployments', { params, query: { ...filter, ...paging } }),
  );
  progress[Symbol.dispose]();
  if (options.output === 'json' || options.output === 'yaml')
    return printValue(terminal, rows, options.output);
  const view = {
    now: hub.clock() / 1000,
    wide: options.output === 'wide',
    columns: terminal.stdoutIsTerminal ? terminal.columns : undefined,
    ofService: service !== undefined,
    ofServer: true,
    everywhere: tenant === undefined || environment === undefined,
  };
  terminal.stdout.write(rows.length === 0 ? 'No deployments yet.\n' : historyTable(rows.map(shown), view));
  return undefined;
}

const shown = (row: Deployment): ShownDeployment => ({
  revision: row.revision,
  at: Date.parse(row.timestamp) / 1000,
  author: row.author.name,
  email: row.author.email ?? undefined,
  subject: row.changes.summary,
  services: row.changes.services,
  files: row.changes.files,
  source: row.source,
  where: tenantEnvironmentName(row),
  status: row.current ? `${row.status} (now)` : row.status,
  ...(row.requestId === null ? {} : { request: row.requestId }),
  ...(row.recurring === null ? {} : { recurring: row.recurring }),
  ...(row.knownGood.health === null ? {} : { health: healthText(row.knownGood.health) }),
});
