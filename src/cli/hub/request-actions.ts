import type { Command } from 'commander';
import { addExamples } from '../examples.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printable } from '../printable.ts';
import type { AddCommand } from '../program.ts';
import { type WaitOptions, awaitRequest } from './await-request.ts';
import { connect } from './connect.ts';
import { readStdin } from './read-stdin.ts';
import { reportRequest } from './request-outcome.ts';
import { explained } from './review.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';
import { addWaitOptions } from './wait-options.ts';

interface ActionOptions extends ServerOptions, WaitOptions {
  readonly reason?: string;
  readonly output?: OutputFormat;
}

const addAction = (program: Command, name: string, description: string): Command =>
  program.command(name).description(description).argument('<id>', 'the request, from: knowngood requests');

/** `knowngood execute ID`: carries out an approved request, or tries a failed one again. */
export const addExecute: AddCommand = (program, context) => {
  const command = addAction(program, 'execute', 'carry out an approved request, or try a failed one again');
  addExamples(command, [
    'after the last approval, where the policy waits for you',
    'knowngood execute rbk-01JD…',
  ]);
  addWaitOptions(addServerChoice(command))
    .addOption(outputOption('name'))
    .action(async (id: string, options: ActionOptions) => {
      const { client } = await connect(context, options);
      const done = await explained(context, { id }, options.output, () =>
        client.call('executeRequest', { params: { id }, body: {} }),
      );
      const end = options.wait ? await awaitRequest(context, client, done, options) : done;
      reportRequest(context, end, { output: options.output, waited: options.wait });
    });
};

/** `knowngood cancel ID`: takes a request back before it is carried out. */
export const addCancel: AddCommand = (program, context) => {
  const command = addAction(program, 'cancel', 'cancel a request that is not carried out yet');
  addExamples(command, ['it was fixed another way', 'knowngood cancel rbk-01JD… --reason "fixed forward"']);
  addServerChoice(command)
    .option('--reason <text>', 'why')
    .addOption(outputOption('name'))
    .action(async (id: string, { reason, output, ...options }: ActionOptions) => {
      const { client } = await connect(context, options);
      const cancelled = await client.call('cancelRequest', { params: { id }, body: { reason } });
      reportRequest(context, cancelled, { output, wanted: 'cancelled' });
    });
};

/** `knowngood resubmit ID`: the same again, on the present head. */
export const addResubmit: AddCommand = (program, context) => {
  const command = addAction(
    program,
    'resubmit',
    'submit an ended request again, planned on the present head',
  );
  addExamples(command, ['after others changed the same files', 'knowngood resubmit rbk-01JD… --wait']);
  addWaitOptions(addServerChoice(command))
    .option('--reason <text>', 'why')
    .addOption(outputOption('name'))
    .action(async (id: string, options: ActionOptions) => {
      const { client } = await connect(context, options);
      const body = { reason: options.reason };
      const again = await client.call('resubmitRequest', { params: { id }, body });
      const end = options.wait ? await awaitRequest(context, client, again, options) : again;
      reportRequest(context, end, { output: options.output, waited: options.wait });
    });
};

/** `knowngood note ID TEXT`: says something on a request, in any state. */
export const addNote: AddCommand = (program, context) => {
  const command = addAction(program, 'note', 'write a note on a request, in any state').argument(
    '<text>',
    'what to say; - reads it from stdin',
  );
  addExamples(command, [
    'for whoever looks at it later',
    'knowngood note rbk-01JD… "checkout is healthy again"',
  ]);
  addServerChoice(command)
    .addOption(outputOption('name'))
    .action(async (id: string, words: string, { output, ...options }: ActionOptions) => {
      const { client } = await connect(context, options);
      const text = words === '-' ? await readStdin(context.terminal, 'a note') : words;
      const request = await client.call('addNote', { params: { id }, body: { text } });
      if (output !== undefined && output !== 'wide')
        return reportRequest(context, request, { output, wanted: request.state });
      return void context.terminal.stderr.write(`Noted on ${printable(request.id)}\n`);
    });
};
