import { gitBytes } from './git.ts';
import type { TestHub, TestProject } from './hub.ts';

type Where = Pick<TestProject, 'project' | 'git'> & { readonly hub: TestHub };

/** Somebody pushes a file to main: one commit on top of what is there now; its id. */
export const pushFile = (where: Where, path: string, text: string): string =>
  pushCommit(where, { path, text, message: 'A push' });

/** The same, with a message of its own. */
export function pushCommit(
  { hub, project, git }: Where,
  { path, text, message }: { readonly path: string; readonly text: string; readonly message: string },
): string {
  const stream = [
    'commit refs/heads/main',
    'committer Pusher <pusher@example.com> 1800000000 +0000',
    `data ${Buffer.byteLength(message)}\n${message}`,
    `from ${git('rev-parse', 'main')}`,
    `M 100644 inline ${path}`,
    `data ${Buffer.byteLength(text)}\n${text}\n`,
  ];
  gitBytes(hub.repositories.pathOf(project.id), ['fast-import', '--quiet'], stream.join('\n'));
  return git('rev-parse', 'main');
}
