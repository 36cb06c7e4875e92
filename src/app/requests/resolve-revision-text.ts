import { Refusal } from '../../domain/refusal/refusal.ts';
import { readRevisionText } from '../../domain/plan/revision-text.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import { isFirstParent } from '../../git/is-first-parent.ts';
import { resolveRevision } from '../../git/resolve-revision.ts';
import { revisionAtTime } from '../../git/revision-at-time.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { refusing } from '../refuse-git.ts';

/** What somebody typed as a revision, and what it has to be. */
export interface RevisionQuestion {
  readonly text: string;
  /** Seen from this commit. */
  readonly head: Oid;
  /** `deployed`: on the line of first parents, the only states that ever ran. `any`: any ancestor. */
  readonly among: 'deployed' | 'any';
  /** What to call the place in a refusal, such as `acme/production`. */
  readonly scope: string;
}

/**
 * The full id that a text stands for: a commit id or the beginning of one, a tag, or a time (UTC), such as `2h`.
 * Throws `revision_unknown`, `revision_ambiguous`, `revision_malformed`, `no_revision_at_time`,
 * `revision_not_ancestor`, or `revision_elsewhere` for a commit that never was the state of the branch.
 */
export const resolveRevisionText = refusing(
  async (hub: Hub, at: ProjectRepository, asked: RevisionQuestion): Promise<Oid> => {
    const { repository, project } = at;
    const wanted = readRevisionText(asked.text.trim(), hub.clock(), 0);
    if (wanted.kind === 'time') {
      const found = await revisionAtTime(repository, asked.head, Math.floor(wanted.at / 1000));
      if (found) return found.oid;
      const time = new Date(wanted.at).toISOString();
      throw new Refusal('no_revision_at_time', { branch: project.settings.branch, time });
    }
    // The index knows the line of first parents by full ids, and no git has to be started; what it lacks, Git has.
    const indexed = async (oid: Oid): Promise<boolean> =>
      (await hub.store.deployments.position(project.id, oid)) !== undefined;
    if (await indexed(wanted.name)) return wanted.name;
    const revision = await resolveRevision(repository, wanted.name);
    if (revision !== wanted.name && (await indexed(revision))) return revision;
    if (await isFirstParent(repository, revision, asked.head)) return revision;
    const short = revision.slice(0, 8);
    if (!(await isAncestor(repository, revision, asked.head)))
      throw new Refusal('revision_not_ancestor', { revision: short, branch: project.settings.branch });
    if (asked.among === 'any') return revision;
    throw new Refusal('revision_elsewhere', { revision: short, scope: asked.scope });
  },
);
