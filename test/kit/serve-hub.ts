import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type GitServer, openGitServer } from '../../src/app/git/serve-git.ts';
import type { Actor } from '../../src/domain/people/actor.ts';
import { testServer } from '../../src/http/server.test-kit.ts';
import { gitEnvironment } from './git.ts';
import { type TestHub, actorAgain } from './hub.ts';

/** A hub behind real HTTP on this machine. The secret of a person is the id of their account. */
export interface ServedHub extends AsyncDisposable {
  readonly origin: string;
  readonly git: GitServer;
  /** What went wrong behind the scenes. */
  readonly errors: unknown[];
  /** The Git address of a project for somebody; without a person there is nobody in it. */
  readonly gitUrl: (slug: string, who?: Actor) => string;
}

export async function serveHub(hub: TestHub): Promise<ServedHub> {
  const errors: unknown[] = [];
  const git = await openGitServer(hub, (error) => errors.push(error));
  const server = testServer(
    {},
    {
      serveGit: git.serve,
      resolveCredential: ({ secret }) => actorAgain(hub, secret).catch(() => undefined),
    },
  );
  await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const address = server.fastify.server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    origin: `http://${host}`,
    git,
    errors,
    gitUrl: (slug, who) => `http://${who === undefined ? '' : `${who.name}:${who.id}@`}${host}/git/${slug}`,
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await git.close();
    },
  };
}

const run = promisify(execFile);

/** Stock git as a client of a server in this process; its output, or an error with all that it said. */
export async function client(dir: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run('git', args, {
    cwd: dir,
    env: { ...process.env, ...gitEnvironment },
    maxBuffer: 2 ** 28,
  });
  return `${stdout}${stderr}`.trim();
}

/** What git said when it failed, as the person saw it. */
export async function clientFailure(dir: string, ...args: readonly string[]): Promise<string> {
  try {
    await client(dir, ...args);
  } catch (error) {
    return String((error as { readonly stderr?: string }).stderr ?? error);
  }
  throw new Error(`git ${args.join(' ')} did not fail`);
}
