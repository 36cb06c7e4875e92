import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand } from '../program.ts';
import { connect, projectOf } from './connect.ts';
import { hubScope } from './hub-scope.ts';
import { printFacts } from './print-list.ts';
import { shortId } from './request-words.ts';
import { type ServerOptions, addServerOptions } from './server-options.ts';

type Recommendation = NonNullable<ResultOf<'recommendRollback'>['recommendation']>;

interface Options extends ServerOptions {
  readonly tenant?: string;
  readonly environment?: string;
  readonly output?: OutputFormat;
}

/** `knowngood recommend`: where to go back to, and why. */
export const addRecommend: AddCommand = (program, context) => {
  const command = program
    .command('recommend')
    .description('say where to go back to, with the smallest scope that covers what changed, and why');
  addExamples(command, ['what would you do?', 'knowngood recommend -p shop -t acme -e production']);
  addServerOptions(command)
    .option('-t, --tenant <name>', 'the tenant')
    .option('-e, --environment <name>', 'the environment')
    .addOption(outputOption())
    .action(async ({ output, ...options }: Options) => {
      const connection = await connect(context, options);
      const place = await hubScope(connection, options);
      const slug = projectOf(connection);
      const params = { slug, ...place };
      const { recommendation } = await connection.client.call('recommendRollback', { params });
      const { terminal } = context;
      if (output === 'json' || output === 'yaml') return printValue(terminal, recommendation, output);
      if (!recommendation) return void terminal.stderr.write('There is nothing to go back to\n');
      const { deployment, service, fields, evidence, thin } = recommendation;
      printFacts(terminal, [
        ['Back to', `${shortId(deployment.revision)} ${deployment.changes.summary}`],
        ['Scope', scopeText(recommendation)],
        ['Because', evidence.map(({ text }) => text).join('; ')],
        ['Evidence', thin ? 'thin: look at the preview with care' : undefined],
      ]);
      const words = [
        `knowngood rollback -p ${slug} -t ${place.tenant} -e ${place.environment}`,
        ...(service === null ? [] : [`-s ${service}`]),
        ...fields.map(({ field }) => `-f ${field}`),
        `--to ${shortId(deployment.revision)} --dry-run`,
      ];
      return void terminal.stderr.write(`Preview it: ${printable(words.join(' '))}\n`);
    });
};

function scopeText({ mode, service, fields }: Recommendation): string {
  if (mode === 'full') return 'everything of it';
  const names = fields.map(({ field }) => field).join(', ');
  return mode === 'service' ? `service ${service}` : `fields of ${service}: ${names}`;
}
