import { addExamples } from '../examples.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand } from '../program.ts';
import { connect } from './connect.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

interface EvidenceOptions extends ServerOptions {
  readonly output?: 'json' | 'yaml' | 'wide';
}

/** `knowngood evidence ID`: what an auditor asks of a request, as one page of Markdown. */
export const addEvidence: AddCommand = (program, { terminal, ...context }) => {
  const command = program
    .command('evidence')
    .description('print who, why, diff, approvals and commit of a request, as one page of Markdown')
    .argument('<id>', 'the request, from: knowngood requests');
  addExamples(command, ['for the folder of an audit', 'knowngood evidence rbk-01JD… > evidence.md']);
  addServerChoice(command)
    .addOption(outputOption())
    .action(async (id: string, options: EvidenceOptions) => {
      const { client } = await connect({ terminal, ...context }, options);
      const params = { id };
      if (options.output === 'json' || options.output === 'yaml')
        return printValue(terminal, await client.call('getEvidence', { params }), options.output);
      const page = await client.text('getEvidencePage', { params });
      // A file gets the page as it is.
      const lines = terminal.stdoutIsTerminal ? page.split('\n').map(printable).join('\n') : page;
      return void terminal.stdout.write(lines);
    });
};
