import type { TestDatabase } from './databases.ts';
import { gitBytes } from './git.ts';
import { serveRepository } from './git-host.ts';
import { connectedProject, localGitHosts, makeHub, person } from './hub.ts';
import { makeRepository } from './repository.ts';
import type { FaultScene } from './request-faults.ts';
import { setPolicy, shopHistory } from './shop.ts';

/** The shop of the page at a Git host of its own; production asks for one approval. */
export async function connectedScene(database?: TestDatabase): Promise<FaultScene & AsyncDisposable> {
  const upstream = makeRepository(shopHistory);
  const host = await serveRepository(upstream);
  const hub = await makeHub({ settings: localGitHosts, ...(database ? { database } : {}) });
  const project = await connectedProject(hub, host);
  const jane = await person(hub, 'jane', { role: 'admin' });
  const bob = await person(hub, 'bob', { role: 'admin' });
  const ann = await person(hub, 'ann', { role: 'owner' });
  const [, good = '', bad = ''] = upstream.commits;
  const { git, commits } = upstream;
  const people = { jane, bob, ann };
  const shop = { hub, project, git, commits, good, bad, people, ...people };
  await setPolicy(shop, { approvals: 1 });
  return {
    ...shop,
    release: async (at, path, text) => {
      releaseUpstream(upstream, path, text);
      await at.repositories.use(project, (repository) => repository.fetch());
    },
    [Symbol.asyncDispose]: async () => {
      await hub.close();
      await host[Symbol.asyncDispose]();
      upstream[Symbol.dispose]();
    },
  };
}

/** Somebody pushes a file to the upstream. */
function releaseUpstream(
  { git, gitDir }: Pick<ReturnType<typeof makeRepository>, 'git' | 'gitDir'>,
  path: string,
  text: string,
): void {
  const stream = [
    'commit refs/heads/main',
    'committer Pusher <pusher@example.com> 1800000000 +0000',
    'data 9\nA release',
    `from ${git('rev-parse', 'main')}`,
    `M 100644 inline ${path}`,
    `data ${Buffer.byteLength(text)}\n${text}\n`,
  ];
  gitBytes(gitDir, ['fast-import', '--quiet'], stream.join('\n'));
}
