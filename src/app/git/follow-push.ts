import { generateChange } from '../../delivery/generate-change.ts';
import { generatorOf } from '../../delivery/regenerate.ts';
import { applyEdits } from '../../git/apply-edits.ts';
import { drive } from '../../git/drive.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { writeCommit } from '../../git/write-commit.ts';
import type { Edit } from '../../tree/edit.ts';
import type { Oid } from '../../tree/object.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { readLayout } from '../projects/read-layout.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { systemActor } from '../system-actor.ts';

/** Two states of a branch; without `before` it is new. */
export interface BranchMove {
  readonly before: Oid | undefined;
  readonly after: Oid;
}

/** The edits of generated paths that a push asks for. Throws delivery_invalid for what cannot be generated. */
export async function editsAfterPush(
  reader: ObjectReader,
  { before, after }: BranchMove,
): Promise<readonly Edit[]> {
  const { tree } = await readCommit(reader, after);
  const generator = generatorOf(await readLayout(reader, tree));
  if (!generator) return [];
  const past = before === undefined ? undefined : (await readCommit(reader, before)).tree;
  return drive(reader, generateChange(generator, { before: past, after: tree }));
}

interface Following {
  readonly hub: Hub;
  readonly at: ProjectRepository;
}

/**
 * Adds one commit with the generated files of what was pushed since `before`, where any is stale; its id. Others may
 * have gone on from there: then it stands on top of them.
 */
export async function followPush({ hub, at }: Following, before: Oid | undefined): Promise<Oid | undefined> {
  return at.exclusive(async () => {
    const head = await at.head();
    const edits = await editsAfterPush(at.reader, { before, after: head.revision });
    const { tree, objects } = await applyEdits(at.reader, head.tree, edits);
    if (tree === head.tree) return undefined;
    const person = { ...hub.settings.committer, seconds: Math.floor(hub.clock() / 1000), zone: '+0000' };
    const message = `Generate what was pushed\n\nGenerated-For: ${head.revision}\n`;
    const content = { tree, parents: [head.revision], author: person, committer: person, message };
    const { signingKey } = hub.settings;
    const commit = await writeCommit(
      at.repository,
      content,
      objects,
      signingKey === undefined ? {} : { signingKey },
    );
    await at.publish({ from: head.revision, commit });
    await hub.store.tx((tx) =>
      recordChange(tx, systemActor, {
        at: hub.clock(),
        action: 'push.generated',
        object: { type: 'project', id: at.project.id },
        projectId: at.project.id,
        details: { commit, of: head.revision },
      }),
    );
    hub.wake('index');
    return commit;
  });
}
