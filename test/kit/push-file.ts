import { gitBytes } from './git.ts';
import type { TestHub, TestProject } from './hub.ts';

/** Somebody pushes a file to main: one commit on top of what is there now; its id. */
export function pushFile(
  { hub, project, git }: Pick<TestProject, 'project' | 'git'> & { readonly hub: TestHub },
  path: string,
  text: string,
): string {
  const stream = [
    'commit refs/heads/main',
    'committer Pusher <pusher@example.com> 1800000000 +0000',
    'data 6\nA push',
    `from ${git('rev-parse', 'main')}`,
    `M 100644 inline ${path}`,
    `data ${Buffer.byteLength(text)}\n${text}\n`,
  ];
  gitBytes(hub.repositories.pathOf(project.id), ['fast-import', '--quiet'], stream.join('\n'));
  return git('rev-parse', 'main');
}
