// move-branch-once.ts DIR BRANCH TREE-ISH: one durable commit with that tree on that branch, as the product makes it.
import { armFromEnvironment } from '../../src/bin/arm-fail-points.ts';
import { findBranch } from '../../src/git/branch.ts';
import { finishJournal } from '../../src/git/finish-journal.ts';
import { openRefMover } from '../../src/git/move-ref.ts';
import { openRepository } from '../../src/git/repository.ts';
import { requireGit } from '../../src/git/run-git.ts';
import { isWorktree, updateWorktree } from '../../src/git/update-worktree.ts';
import { writeCommit } from '../../src/git/write-commit.ts';

armFromEnvironment(process.env);
const [dir = '', name = '', treeish = ''] = process.argv.slice(2);
const repository = await openRepository(dir);
await finishJournal(repository);
const branch = await findBranch(repository, name);
const tree = (await requireGit(repository, ['rev-parse', '--verify', `${treeish}^{tree}`])).toString().trim();
const person = { name: 'Test', email: 'test@example.com', seconds: 1_767_300_000, zone: '+0000' };
const commit = { tree, parents: [branch.tip], author: person, committer: person, message: 'Once\n' };
const after = await writeCommit(repository, commit, []);
const mover = openRefMover(repository);
try {
  const moveRef = (): Promise<void> => mover.move({ ref: branch.ref, from: branch.tip, to: after });
  if (branch.checkedOut.kind === 'here' && isWorktree(repository))
    await updateWorktree(repository, { ref: branch.ref, before: branch.tip, after }, moveRef);
  else await moveRef();
} finally {
  await mover.close();
}
process.stdout.write(`${after}\n`);
