import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { count } from '../cli/count.ts';
import { exitCode } from '../cli/exit-code.ts';
import { printValue } from '../cli/print.ts';
import { printable } from '../cli/printable.ts';
import type { CommandContext } from '../cli/program.ts';
import { startProgress } from '../cli/progress.ts';
import { outputStyle } from '../cli/style.ts';
import { table } from '../cli/table.ts';
import { backUp } from '../operate/back-up.ts';
import { examine } from '../operate/examine.ts';
import type { Finding } from '../operate/finding.ts';
import { restoreBackup } from '../operate/restore-backup.ts';
import { isLocked } from '../store/file-lock.ts';
import { examineRegistries } from './examine-registries.ts';
import { readSecretKey } from './secret-key.ts';
import type { ServerSettings } from './server-settings.ts';

type Place = Pick<ServerSettings, 'dataDir' | 'database' | 'secretKey' | 'registries' | 'registryAuth'>;

interface Order {
  readonly settings: Place;
  readonly output: 'json' | 'yaml' | 'wide' | undefined;
}

type Context = Pick<CommandContext, 'terminal' | 'version' | 'finish'>;

export async function runBackup(
  { terminal, version }: Context,
  { settings, to, withKey, output }: Order & { readonly to: string; readonly withKey: boolean },
): Promise<void> {
  const path = resolve(terminal.cwd, to);
  const { dataDir, database } = settings;
  const progress = startProgress(terminal, 'Copying…');
  const order = { dataDir, database, to: path, withKey, version, now: Date.now() };
  const manifest = await backUp(order).finally(() => progress[Symbol.dispose]());
  if (output === 'json' || output === 'yaml')
    printValue(terminal, { file: path, bytes: statSync(path).size, ...manifest }, output);
  else {
    const what = `${manifest.database === 'sqlite' ? 'the database and ' : ''}${count(manifest.projects.length, 'project')}`;
    terminal.stdout.write(`${printable(path)} holds ${what}\n`);
  }
  if (manifest.database === 'postgres')
    terminal.stderr.write(
      'note: PostgreSQL is not in it. Run pg_dump before this command, every time: then each commit that the dump speaks of is in here\n',
    );
  if (!manifest.files.some(({ name }) => name === 'secret.key'))
    terminal.stderr.write(
      `note: the key to the secrets is not in it. Keep ${printable(join(dataDir, 'secret.key'))}, or KNOWNGOOD_SECRET_KEY, in another safe place\n`,
    );
}

export async function runRestore(
  { terminal }: Context,
  { settings, file, output }: Order & { readonly file: string },
): Promise<void> {
  const { dataDir } = settings;
  const progress = startProgress(terminal, 'Restoring…');
  const restored = await restoreBackup(resolve(terminal.cwd, file), dataDir).finally(() =>
    progress[Symbol.dispose](),
  );
  const { manifest, withKey, commits, auditRows } = restored;
  if (output === 'json' || output === 'yaml') printValue(terminal, { data: dataDir, ...restored }, output);
  else {
    const taken = new Date(manifest.takenAt).toISOString();
    terminal.stdout.write(
      `${printable(dataDir)} is as the server was at ${taken}: ${count(manifest.projects.length, 'project')}, ` +
        `${count(auditRows, 'audit row')} that hold, ${count(commits, 'completed request')} with their commits\n`,
    );
  }
  if (manifest.database === 'postgres')
    terminal.stderr.write('note: restore the dump of PostgreSQL, too, and then run: knowngood doctor\n');
  if (!withKey)
    terminal.stderr.write(
      `note: put the secret.key of that server into ${printable(dataDir)}, or set KNOWNGOOD_SECRET_KEY, before it starts\n`,
    );
}

export async function runDoctor({ terminal, finish }: Context, { settings, output }: Order): Promise<void> {
  const { dataDir, database, secretKey } = settings;
  const progress = startProgress(terminal, 'Looking…');
  const examined = await examine({
    dataDir,
    database,
    readKey: () => readSecretKey(dataDir, secretKey),
    running: isLocked(join(dataDir, 'server.lock')),
    now: Date.now(),
  }).finally(() => progress[Symbol.dispose]());
  const findings = [...examined, ...examineRegistries(settings)];
  if (output === 'json' || output === 'yaml') printValue(terminal, { findings }, output);
  else terminal.stdout.write(findingsTable(findings, outputStyle(terminal)));
  if (findings.some(({ status }) => status === 'fail')) finish(exitCode.failed);
}

function findingsTable(findings: readonly Finding[], style: ReturnType<typeof outputStyle>): string {
  const rows = findings.map(({ check, status, about }) => [status, printable(check), printable(about)]);
  const steps = findings.filter(({ status }) => status !== 'ok');
  const next = steps.map(({ check, next }) => `${style.warning(printable(check))}: ${printable(next)}\n`);
  return `${table([['STATUS', 'CHECK', 'FOUND'], ...rows])}${next.length > 0 ? `\nNext:\n${next.join('')}` : ''}`;
}
