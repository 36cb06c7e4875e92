import { execFile, execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** A running throw-away cluster, reachable through a Unix socket in its folder alone. */
export interface Cluster {
  /** Connection address of one of its databases, as the superuser. */
  readonly url: (database: string) => string;
  /** Its own folder, gone when it has stopped. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

/** A cluster whose address is known already; `started` says when it answers there. */
export interface StartingCluster extends Cluster {
  readonly started: Promise<void>;
}

// Durability stays on: the store refuses a server that could lose what it acknowledged, this one too.
const settings = `
listen_addresses = ''
shared_buffers = 32MB
max_connections = 200
wal_level = minimal
max_wal_senders = 0
`;

/** Undefined when this machine has no PostgreSQL server programs. */
export function startCluster(): StartingCluster | undefined {
  const programs = newestPrograms();
  if (programs === undefined) return undefined;
  // Not below the run's own temporary folder, which other users may not enter.
  const folder = mkdtempSync('/tmp/knowngood-pg-');
  const as = { ...unprivileged(), cwd: folder };
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const url = (database: string): string =>
    `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
  let shell: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'];
    await promisify(execFile)(join(programs, 'initdb'), options, as);
    appendFileSync(join(data, 'postgresql.conf'), `${settings}unix_socket_directories = '${folder}'\n`);
    // The shell ends the server when its input ends, so that a killed test run leaves no server behind.
    const script =
      '"$0" -D "$1" 2>"$1/log" & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$2"';
    shell = spawn('sh', ['-c', script, join(programs, 'postgres'), data, folder], {
      ...as,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await untilReady(url('postgres'));
  };
  const started = start();
  const stop = async (): Promise<void> => {
    await started.catch(() => undefined);
    if (shell?.exitCode === null) {
      const ended = once(shell, 'exit');
      shell.stdin?.end();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, folder, started, stop };
}

function newestPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isFinite) : [];
  return versions
    .toSorted((a, b) => b - a)
    .map((version) => join(root, String(version), 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')));
}

/** PostgreSQL refuses to run as root; then it runs as Debian's user for it, or as nobody. */
function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number | undefined => {
    try {
      return Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    } catch {
      return undefined;
    }
  };
  return { uid: id('-u') ?? 65_534, gid: id('-g') ?? 65_534 };
}

async function untilReady(url: string): Promise<void> {
  for (let left = 600; ; left -= 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await setTimeout(50);
    }
  }
}
