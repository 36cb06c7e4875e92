import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';

/** A running throw-away cluster, reachable through a Unix socket in its folder alone. */
export interface Cluster {
  /** Connection address of one of its databases, as the superuser. */
  readonly url: (database: string) => string;
  readonly stop: () => Promise<void>;
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
export async function startCluster(): Promise<Cluster | undefined> {
  const programs = newestPrograms();
  if (programs === undefined) return undefined;
  // Not below the run's own temporary folder, which other users may not enter.
  const folder = mkdtempSync('/tmp/knowngood-pg-');
  const as = unprivileged();
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'];
  execFileSync(join(programs, 'initdb'), options, {
    ...as,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  appendFileSync(join(data, 'postgresql.conf'), `${settings}unix_socket_directories = '${folder}'\n`);
  // The shell ends the server when its input ends, so that a killed test run leaves no server behind.
  const script = '"$0" -D "$1" 2>"$1/log" & server=$!; read -r _; kill -INT $server; wait $server';
  const shell = spawn('sh', ['-c', script, join(programs, 'postgres'), data], {
    ...as,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(shell, 'exit');
  const url = (database: string): string =>
    `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
  const stop = async (): Promise<void> => {
    shell.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  await untilReady(url('postgres'), stop);
  return { url, stop };
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
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number | undefined => {
    try {
      return Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    } catch {
      return undefined;
    }
  };
  return { uid: id('-u') ?? 65_534, gid: id('-g') ?? 65_534 };
}

async function untilReady(url: string, stop: () => Promise<void>): Promise<void> {
  for (let left = 300; ; left -= 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (left === 0) {
        await stop();
        throw error;
      }
      await setTimeout(50);
    }
  }
}
