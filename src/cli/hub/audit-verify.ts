import { basename, resolve } from 'node:path';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { NamedBytes } from '../../verify/export-lines.ts';
import { type SigningKeys, readPublicKey, signingKeys } from '../../verify/signing-keys.ts';
import { type ExportReport, verifyExport } from '../../verify/verify-export.ts';
import { count } from '../count.ts';
import { addExamples } from '../examples.ts';
import { exitCode } from '../exit-code.ts';
import { repeatedOption } from '../repeated-option.ts';
import { outputOption } from '../output-option.ts';
import { printValue } from '../print.ts';
import { printable } from '../printable.ts';
import type { AddCommand, CommandContext } from '../program.ts';

interface VerifyOptions {
  readonly key?: readonly string[];
  readonly checkpoints?: string;
  readonly output?: 'json' | 'yaml' | 'wide';
}

/** `knowngood audit verify FILE…`: is every row of an export there, as it was written? Ends with 1 when not. */
export const addAuditVerify: AddCommand = (audit, context) => {
  const { terminal, finish } = context;
  const command = audit
    .command('verify')
    .description('check an export offline: exit 1 when a row was altered, is missing or was moved')
    .argument('<file...>', 'the export (JSON Lines), or its parts in order; - for stdin');
  addExamples(
    command,
    ['is it whole, and signed by the hub?', 'knowngood audit verify audit.jsonl --key hub.pem'],
    [
      'was anything changed since an earlier export?',
      'knowngood audit verify audit.jsonl --key hub.pem --checkpoints last-month.jsonl',
    ],
  );
  command
    .addOption(
      repeatedOption('--key <file>', 'a public key of the hub, from: knowngood audit key; repeatable'),
    )
    .option('--checkpoints <file>', 'checkpoints that were kept apart, such as an earlier export')
    .addOption(outputOption())
    .action(async (files: readonly string[], options: VerifyOptions) => {
      const keys = await readKeys(context, options.key ?? []);
      const report = await verifyExport({
        parts: files.map((file) => bytesOf(context, file)),
        checkpoints: options.checkpoints === undefined ? undefined : bytesOf(context, options.checkpoints),
        keys,
      });
      const { output } = options;
      if (output === 'json' || output === 'yaml') printValue(terminal, reportJson(report, keys), output);
      else terminal.stdout.write(`${reportText(report)}\n`);
      if (report.fault) finish(exitCode.failed);
      else if (keys.size === 0)
        terminal.stderr.write('note: signatures were not checked; give the key of the hub with --key\n');
    });
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A file as it was named; what cannot be read is told when it is. */
function bytesOf({ terminal, hub }: CommandContext, file: string): NamedBytes {
  const pieces = file === '-' ? terminal.stdin : hub.readPieces(resolve(terminal.cwd, file));
  async function* bytes(): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const piece of pieces as AsyncIterable<Uint8Array | string>)
        yield typeof piece === 'string' ? Buffer.from(piece) : piece;
    } catch (error) {
      throw new Refusal('file_unreadable', { path: file, reason: reasonOf(error) });
    }
  }
  return { name: file === '-' ? 'stdin' : basename(file), bytes: bytes() };
}

async function readKeys({ terminal, hub }: CommandContext, files: readonly string[]): Promise<SigningKeys> {
  const keys = [];
  for (const file of files) {
    let text: string | undefined;
    try {
      text = await hub.readFile(resolve(terminal.cwd, file));
    } catch (error) {
      throw new Refusal('file_unreadable', { path: file, reason: reasonOf(error) });
    }
    const key = text === undefined ? undefined : readPublicKey(text);
    const reason = text === undefined ? 'there is no such file' : 'it holds no Ed25519 public key';
    if (!key) throw new Refusal('file_unreadable', { path: file, reason });
    keys.push(key);
  }
  return signingKeys(keys);
}

function reportText({ rows, checkpoints, fault }: ExportReport): string {
  if (!fault) return `In order: ${count(rows, 'row')}, ${count(checkpoints, 'checkpoint')}`;
  const { seq, reason, place } = fault;
  const where = place ? ` (${printable(place.file)}, line ${place.line})` : '';
  return `Row ${seq} ${printable(reason)}${where}`;
}

/** As `GET /audit/verify` has it, and where it was noticed. */
const reportJson = ({ rows, lastHash, checkpoints, fault }: ExportReport, keys: SigningKeys) => ({
  ok: !fault,
  rows,
  lastHash: lastHash ?? null,
  firstBad: fault ? { seq: fault.seq, reason: fault.reason, ...fault.place } : null,
  checkpoints,
  signatures: keys.size > 0 ? 'checked' : 'not checked',
});
