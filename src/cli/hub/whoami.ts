import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import type { AddCommand } from '../program.ts';
import { connect } from './connect.ts';
import { whoText } from './login.ts';
import { printFacts } from './print-list.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

type Me = ResultOf<'getMe'>;

const grantText = ({ verb, project, tenant, environment }: Me['grants'][number]): string => {
  const where = [tenant, environment].filter((part) => part !== null);
  return `${verb} in ${[project, ...where].join('/')}`;
};

/** `knowngood whoami`: who is signed in, where, and what they may do. */
export const addWhoami: AddCommand = (program, context) => {
  const { terminal } = context;
  const command = program
    .command('whoami')
    .description('show who is signed in, where, and with which rights');
  addExamples(command, ['your role and rights', 'knowngood whoami']);
  addServerChoice(command)
    .addOption(outputOption('name'))
    .action(async (options: ServerOptions & { readonly output?: 'json' | 'yaml' | 'wide' | 'name' }) => {
      const { client, context: at } = await connect(context, options);
      const me = await client.call('getMe');
      if (options.output === 'json' || options.output === 'yaml')
        return printValue(terminal, { server: at.server, context: at.name, ...me }, options.output);
      if (options.output === 'name') return void terminal.stdout.write(`${me.email ?? me.name}\n`);
      const { scopes, expiresAt } = me.credential;
      return printFacts(terminal, [
        ['Account', whoText(me)],
        ['Server', at.server],
        ['Project', at.project],
        ['Groups', me.groups.join(', ')],
        ['Rights', me.verbs.join(', ')],
        ['Grants', me.grants.map(grantText).join(', ')],
        ['Token', scopes?.join(', ')],
        ['Expires', expiresAt],
      ]);
    });
};
