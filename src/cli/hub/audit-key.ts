import { checkpointExportLine } from '../../domain/audit/audit-export-line.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { addExamples } from '../examples.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { connect } from './connect.ts';
import { type ServerOptions, addServerChoice } from './server-options.ts';

async function checkpointsOf(context: CommandContext, options: ServerOptions) {
  const { client } = await connect(context, options);
  const { items } = await client.call('listCheckpoints');
  return items;
}

const pem = (spki: string): string =>
  ['-----BEGIN PUBLIC KEY-----', ...(spki.match(/.{1,64}/g) ?? []), '-----END PUBLIC KEY-----', ''].join(
    '\n',
  );

/** `knowngood audit key`: the public key that checkpoints are signed with. */
export const addAuditKey: AddCommand = (audit, context) => {
  const command = audit.command('key').description('print the public key that the log is signed with');
  addExamples(command, ['once, to be kept apart from the log', 'knowngood audit key > hub.pem']);
  addServerChoice(command).action(async (options: ServerOptions) => {
    const [newest] = await checkpointsOf(context, options);
    if (!newest) throw new Refusal('audit_unsigned');
    context.terminal.stdout.write(pem(newest.publicKey));
  });
};

/** `knowngood audit checkpoints`: signed statements of where the log stood, in the form of an export. */
export const addAuditCheckpoints: AddCommand = (audit, context) => {
  const command = audit
    .command('checkpoints')
    .description('print the newest 1,000 signed checkpoints, for: knowngood audit verify --checkpoints');
  addExamples(command, ['for whoever keeps them apart', 'knowngood audit checkpoints > checkpoints.jsonl']);
  addServerChoice(command).action(async (options: ServerOptions) => {
    const items = await checkpointsOf(context, options);
    const lines = items.map((item) => checkpointExportLine({ ...item, at: Date.parse(item.at) }));
    context.terminal.stdout.write(lines.toReversed().join(''));
  });
};
