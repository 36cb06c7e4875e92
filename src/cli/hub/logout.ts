import { Refusal } from '../../domain/refusal/refusal.ts';
import { addExamples } from '../examples.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';
import { ServerRefusal } from '../server-refusal.ts';
import { contextNamed } from './choose-context.ts';
import { type HubContext, readConfig, withContext, writeConfig } from './config.ts';
import { openClient } from './connect.ts';

/** `knowngood logout [CONTEXT]`: revokes the token that signing in made, and forgets it. */
export const addLogout: AddCommand = (program, context) => {
  const command = program
    .command('logout')
    .description('sign out: revoke the token that login made, and forget it')
    .argument('[context]', 'the context (default: the current one)');
  addExamples(command, ['sign out of where you work now', 'knowngood logout']);
  command.action(async (name: string | undefined) => {
    const { stderr } = context.terminal;
    const config = await readConfig(context);
    const wanted = name ?? config.current;
    if (wanted === undefined) throw new Refusal('server_unchosen');
    const found = contextNamed(config, wanted);
    const { token, tokenId, account, ...rest } = found;
    if (token === undefined) {
      stderr.write(`Nobody is signed in at ${printable(found.server)}\n`);
      return;
    }
    const problem = tokenId === undefined ? undefined : await revoke(context, found, tokenId);
    await writeConfig(context, withContext(config, rest));
    const who = account === undefined ? '' : ` as ${printable(account)}`;
    stderr.write(`Signed out of ${printable(found.server)}${who}\n`);
    if (problem !== undefined)
      stderr.write(`note: the token is forgotten here and not revoked there: ${printable(problem)}\n`);
  });
};

/** Why it could not be revoked. One that counts no more has reached the same. */
async function revoke(
  context: CommandContext,
  from: HubContext,
  tokenId: string,
): Promise<string | undefined> {
  const client = await openClient(context, from);
  try {
    await client.call('revokeToken', { params: { id: tokenId } });
    return undefined;
  } catch (error) {
    if (error instanceof ServerRefusal && error.code === 'credential_invalid') return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}
