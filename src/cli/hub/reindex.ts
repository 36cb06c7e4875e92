import { addExamples } from '../examples.ts';
import type { AddCommand } from '../program.ts';
import { awaitIndex } from './await-index.ts';
import { connect, projectOf } from './connect.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

/** `knowngood reindex [SLUG]`: has a server read the whole history of a project again. */
export const addReindex: AddCommand = (program, context) => {
  const command = program
    .command('reindex')
    .description('build the deployment index of a project anew')
    .argument('[slug]', 'the project (default: that of the current context)');
  addExamples(command, ['read the whole history again', 'knowngood reindex shop --wait']);
  addServerChoice(command)
    .option('--wait', 'wait until it is built')
    .action(async (slug: string | undefined, options: ServerOptions & { readonly wait?: boolean }) => {
      const connection = await connect(context, options);
      const params = { slug: slug ?? projectOf(connection) };
      await connection.client.call('reindexProject', { params });
      const done = options.wait ? await awaitIndex(context, connection.client, params.slug) : undefined;
      context.terminal.stderr.write(
        done === undefined ? 'The index is being built anew\n' : `Indexed ${done} commits\n`,
      );
    });
};
