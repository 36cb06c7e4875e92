import type { Snapshot } from '../../domain/plan/plan-parts.ts';
import { movedPaths } from '../../domain/plan/plan-paths.ts';
import { PROJECT_FILE } from '../../domain/layout/project-file.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Request } from '../../domain/request/request.ts';
import { drive } from '../../git/drive.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { readPaths } from '../../tree/read-paths.ts';
import { type PlannedQuestion, planQuestion } from './plan-question.ts';

/** The present plan of a request, if it is still the approved one; else the refusal that says what moved. */
export type Replanned =
  | { readonly kind: 'same'; readonly change: PlannedQuestion }
  | { readonly kind: 'moved'; readonly refusal: Refusal };

const questionOf = ({ kind, scope, targetSha: target }: Request) => ({ kind, scope, target });

/** Plans a request again on a state of the branch and compares the digests. Throws only when Git cannot be read. */
export async function replan(reader: ObjectReader, request: Request, head: Snapshot): Promise<Replanned> {
  try {
    const change = await planQuestion(reader, head, questionOf(request));
    if (change.digest === request.digest) return { kind: 'same', change };
    return { kind: 'moved', refusal: await movedRefusal(reader, request, { head, change }) };
  } catch (error) {
    // The question itself has no answer any more: a field, a service or the whole place is gone.
    if (!(error instanceof Refusal) || !isAboutContent(error)) throw error;
    return { kind: 'moved', refusal: await movedRefusal(reader, request, { head, change: undefined }) };
  }
}

/** What cannot be generated is wrong in some file at head, and says in which: approvals stay until it is mended. */
const isAboutContent = ({ kind, code }: Refusal): boolean =>
  (kind === 'usage' || kind === 'invalid' || kind === 'conflict') &&
  !code.startsWith('object_') &&
  code !== 'delivery_invalid';

/** The plan as it was submitted, worked out again from the commit that it stood on. */
export async function planAtSubmit(reader: ObjectReader, request: Request): Promise<PlannedQuestion> {
  const { tree } = await readCommit(reader, request.baseSha);
  return planQuestion(reader, { revision: request.baseSha, tree }, questionOf(request));
}

interface Moved {
  readonly head: Snapshot;
  readonly change: PlannedQuestion | undefined;
}

async function movedRefusal(reader: ObjectReader, request: Request, moved: Moved): Promise<Refusal> {
  const paths = await pathsThatMoved(reader, request, moved);
  const shown = paths.slice(0, 10).join(', ');
  const text = paths.length > 10 ? `${shown}, …` : shown;
  return new Refusal('scope_moved', { paths: text }, { requestId: request.id, paths });
}

async function pathsThatMoved(
  reader: ObjectReader,
  request: Request,
  { head, change }: Moved,
): Promise<readonly string[]> {
  const { plan } = await planAtSubmit(reader, request);
  const files = plan.services.flatMap((service) => service.files);
  const now = await drive(
    reader,
    readPaths(
      head.tree,
      files.map(({ path }) => path),
    ),
  );
  const rewritten = files.filter(({ path, before }) => {
    const state = now.get(path);
    return state?.oid !== before?.oid || state?.mode !== before?.mode;
  });
  const differing = change === undefined ? [] : movedPaths(plan, change.plan);
  const paths = [...new Set([...rewritten.map(({ path }) => path), ...differing])].toSorted();
  // Nothing that the plan names has moved: then the file that says whose everything is has.
  return paths.length > 0 ? paths : [PROJECT_FILE];
}
