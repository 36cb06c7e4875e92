import type { Actor } from '../../domain/people/actor.ts';
import type { Edit } from '../../tree/edit.ts';
import type { Oid } from '../../tree/object.ts';
import { encodeTree } from '../../git/tree-codec.ts';
import { writeCommit } from '../../git/write-commit.ts';
import type { Hub } from '../hub.ts';
import { applySources } from '../apply-sources.ts';
import { findProject } from '../projects/find-project.ts';
import { readLayout } from '../projects/read-layout.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { refusing } from '../refuse-git.ts';
import { checkPush } from './push-checks.ts';
import { recordPush } from './record-push.ts';
import { demandDoor } from './serve-git.ts';

/** A commit that somebody makes of whole files, on top of what the branch has. */
export interface FilePush {
  readonly slug: string;
  /** Path → the whole new text; `null` takes a file away. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
}

/**
 * Commits files to the branch of a hosted project and pushes that: the same door, checks and records as a push by git,
 * without one. Throws what refuses a push, and then the branch is as it was.
 */
export const pushFiles = refusing(async (hub: Hub, actor: Actor, push: FilePush): Promise<Oid> => {
  const project = await findProject(hub.store, actor, push.slug);
  demandDoor({ service: 'git-receive-pack', actor }, project);
  return hub.repositories.use(project, (at) =>
    at.exclusive(async () => {
      const before = await at.tip();
      const asked = await commitFiles(hub, at, { push, generate: false });
      const { repository, reader, branchRef } = at;
      const door = { hub, actor, project, branchRef, repository, reader };
      const outcome = await checkPush(door, [{ ref: branchRef, before, after: asked }]);
      // Generated files are for the hub to write: they are not judged, and come in the same commit.
      const after = await commitFiles(hub, at, { push, generate: true });
      await at.publish({ from: before, commit: after });
      await recordPush({ hub, at, actor }, [{ updates: [{ ref: branchRef, before, after }], ...outcome }]);
      return after;
    }),
  );
});

const editOf = ([path, text]: readonly [string, string | null]): Edit =>
  text === null ? { kind: 'delete', path } : { kind: 'write', path, mode: '100644', text };

interface Committing {
  readonly push: FilePush;
  readonly generate: boolean;
}

async function commitFiles(hub: Hub, at: ProjectRepository, { push, generate }: Committing): Promise<Oid> {
  const head = (await at.tip()) === undefined ? undefined : await at.head();
  const base = head?.tree ?? encodeTree([]).oid;
  const edits = Object.entries(push.files).map(editOf);
  const project = generate ? await readLayout(at.reader, base) : undefined;
  const { tree, objects } = await applySources(at.reader, { tree: base, edits, project });
  const person = { ...push.author, seconds: Math.floor(hub.clock() / 1000), zone: '+0000' };
  const parents = head ? [head.revision] : [];
  const content = { tree, parents, author: person, committer: person, message: push.message };
  return writeCommit(at.repository, content, objects);
}
