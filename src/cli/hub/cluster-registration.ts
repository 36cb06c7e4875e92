import type { Command } from 'commander';
import type { ResultOf } from '../../contract/operations.ts';
import { addExamples } from '../examples.ts';
import { type OutputFormat, outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';
import { shellWord } from '../shell-word.ts';
import { clusterNamed } from './cluster-named.ts';
import { connect } from './connect.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

interface Options extends ServerOptions {
  readonly output?: OutputFormat;
}

/** `knowngood clusters add`: room for a cluster, and the token with which its agent comes in. */
export function addAdd(command: Command, context: CommandContext): void {
  const add = command
    .command('add')
    .description('make room for a cluster; prints the token with which its agent registers, this once')
    .argument('<name>', 'what it is called here');
  addExamples(
    add,
    ['a new cluster', 'knowngood clusters add eu-west-1'],
    [
      'and its agent, whose manifests are in deploy/agent',
      'kubectl -n knowngood create secret generic knowngood-agent-registration --from-literal=token="$(knowngood clusters add eu-west-1)"',
    ],
  );
  addServerChoice(add)
    .addOption(outputOption())
    .action(async (name: string, { output, ...options }: Options) => {
      const { client } = await connect(context, options);
      const made = await client.call('createCluster', { body: { name } });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, made, output);
      const { cluster, registration } = made;
      context.terminal.stderr.write(`Cluster ${printable(cluster.name)} is ${printable(cluster.id)}\n`);
      return printRegistration(context, { name: cluster.name, registration });
    });
}

/** `knowngood clusters token`: another registration token, for an agent that lost its own or is to be replaced. */
export function addToken(command: Command, context: CommandContext): void {
  const token = command
    .command('token')
    .description(
      'make a new registration token, for an agent that lost its own or is to be replaced; earlier ones count no more',
    )
    .argument('<name>', 'the cluster, by name or id');
  addExamples(token, ['its volume was lost', 'knowngood clusters token eu-west-1']);
  addServerChoice(token)
    .addOption(outputOption())
    .action(async (text: string, { output, ...options }: Options) => {
      const { client } = await connect(context, options);
      const { id, name } = await clusterNamed(client, text);
      const registration = await client.call('createRegistrationToken', { params: { id }, body: {} });
      if (output === 'json' || output === 'yaml') return printValue(context.terminal, registration, output);
      return printRegistration(context, { name, registration });
    });
}

interface Made {
  readonly name: string;
  readonly registration: ResultOf<'createRegistrationToken'>;
}

/** The token alone goes to stdout, so that a script can hand it on. */
function printRegistration({ terminal }: CommandContext, { name, registration }: Made): void {
  const { token, expiresAt, address } = registration;
  const { stdout, stderr } = terminal;
  stderr.write(`Its agent connects to ${printable(address)}, for example:\n`);
  stderr.write(
    `  knowngood agent --hub ${shellWord(printable(address))} --cluster ${shellWord(printable(name))}\n`,
  );
  stderr.write(
    `with this in KNOWNGOOD_AGENT_REGISTRATION_TOKEN; it works once, until ${printable(expiresAt)}:\n`,
  );
  stdout.write(`${printable(token)}\n`);
}
