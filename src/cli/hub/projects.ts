import type { Command } from 'commander';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { askLine } from '../ask.ts';
import { addExamples } from '../examples.ts';
import { exitCode } from '../exit-code.ts';
import { limitOption } from '../limit-option.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { connect, projectOf } from './connect.ts';
import { printList, readPages } from './print-list.ts';
import { printProject, projectColumns } from './project-view.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

interface Output {
  readonly output?: OutputFormat;
}

/** `knowngood projects`: what can be seen on a server, and the life of a project. */
export const addProjects: AddCommand = (program, context) => {
  const command = program
    .command('projects')
    .description('list, show, create and delete projects on a server');
  addList(command, context);
  addShow(command, context);
  addCreate(command, context);
  addDelete(command, context);
};

function addList(command: Command, context: CommandContext): void {
  const list = command.command('list', { isDefault: true }).description('list the projects that you can see');
  addExamples(
    list,
    ['what is there', 'knowngood projects'],
    ['with environments and repositories', 'knowngood projects -o wide'],
  );
  addServerChoice(list)
    .addOption(limitOption(100))
    .addOption(outputOption('name'))
    .action(async (options: ServerOptions & Output & { readonly limit: number }) => {
      const { client } = await connect(context, options);
      const items = await readPages(options.limit, (query) => client.call('listProjects', { query }));
      printList(context.terminal, items, {
        output: options.output,
        columns: projectColumns(context.hub),
        nameOf: ({ slug }) => slug,
        none: 'You can see no project; make one: knowngood projects create SLUG, or knowngood connect URL',
      });
    });
}

function addShow(command: Command, context: CommandContext): void {
  const show = command
    .command('show')
    .description('show a project')
    .argument('[slug]', 'the project (default: that of the current context)');
  addExamples(show, ['where to clone it, and how far its index is', 'knowngood projects show shop']);
  addServerChoice(show)
    .addOption(outputOption('name'))
    .action(async (slug: string | undefined, options: ServerOptions & Output) => {
      const connection = await connect(context, options);
      const params = { slug: slug ?? projectOf(connection) };
      const project = await connection.client.call('getProject', { params });
      printProject(context.terminal, project, { output: options.output, hub: context.hub });
    });
}

interface CreateOptions extends ServerOptions, Output {
  readonly name?: string;
  readonly description?: string;
  readonly branch?: string;
}

function addCreate(command: Command, context: CommandContext): void {
  const create = command
    .command('create')
    .description('create a project that the server hosts, ready for a first push')
    .argument('<slug>', 'its name in addresses');
  addExamples(create, [
    'a home for a repository of yours',
    'knowngood projects create shop --name "The shop"',
  ]);
  addServerChoice(create)
    .option('--name <text>', 'what people call it (default: the slug)')
    .option('--description <text>', 'what it is for')
    .option('--branch <name>', 'the branch that the cluster reads (default: main)')
    .addOption(outputOption('name'))
    .action(async (slug: string, options: CreateOptions) => {
      const { name, description, branch, output } = options;
      const { client } = await connect(context, options);
      const body = { slug, name, description, branch };
      const project = await client.call('createProject', { body });
      printProject(context.terminal, project, { output, hub: context.hub });
      if (output === undefined || output === 'wide')
        context.terminal.stderr.write(
          `Push to it: git push ${printable(project.gitUrl)} HEAD:${printable(project.branch)}\n`,
        );
    });
}

function addDelete(command: Command, context: CommandContext): void {
  const remove = command
    .command('delete')
    .description('delete a project, and the repository where the server hosts it; its audit entries stay')
    .argument('<slug>', 'the project');
  addExamples(remove, ['from a script, without being asked', 'knowngood projects delete shop --yes']);
  addServerChoice(remove)
    .option('-y, --yes', 'do not ask')
    .action(async (slug: string, options: ServerOptions & { readonly yes?: boolean }) => {
      const { terminal } = context;
      const { client } = await connect(context, options);
      if (!options.yes) {
        if (!terminal.interactive) throw new Refusal('not_confirmed');
        const typed = await askLine(
          terminal,
          `Type ${printable(slug)} to delete it with all that is in it: `,
        );
        if (typed?.trim() !== slug) {
          terminal.stderr.write('Nothing was changed.\n');
          return context.finish(exitCode.interrupted);
        }
      }
      await client.call('deleteProject', { params: { slug }, query: { confirm: slug } });
      terminal.stderr.write(`Project ${printable(slug)} is deleted\n`);
      return undefined;
    });
}
