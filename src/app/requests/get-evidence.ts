import type { Actor } from '../../domain/people/actor.ts';
import type { AuditRow } from '../../domain/audit/audit-entry.ts';
import type { Evidence, EvidenceChange, EvidenceCommit } from '../../domain/evidence/evidence.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Request } from '../../domain/request/request.ts';
import { unifiedDiff } from '../../domain/diff/unified-diff.ts';
import type { Person } from '../../git/commit-codec.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { diffedFile, readChangedTexts } from '../read-changed-texts.ts';
import { refusing } from '../refuse-git.ts';
import { type RequestName, findRequest } from './find-request.ts';
import { explain } from './plan-question.ts';
import { planAtSubmit } from './scope-moved.ts';
import { type RequestView, viewRequest } from './view-request.ts';

/** The evidence of a request, and the request as the one who asks sees it. */
export interface ShownEvidence {
  readonly view: RequestView;
  readonly evidence: Evidence;
}

const batch = 1000;
/** More lines than a page is read for; finding them out must not hold up the server. */
const diffLimits = { lines: 5000, fileLines: 1000 };

/**
 * What an auditor asks of a request. Content that the repository does not have any more is replaced by the reason.
 * Throws `not_visible`.
 */
export async function getEvidence(hub: Hub, actor: Actor, name: RequestName): Promise<ShownEvidence> {
  const request = await findRequest(hub.store, actor, name);
  const view = await viewRequest(hub, actor, request);
  const project = await requireProject(hub.store, request.projectId);
  const fromGit = await hub.repositories.use(project, async (at) => ({
    change: await orReason(changeOf(at, request)),
    commit: await commitOf(at, request),
  }));
  const { needed, counted, session } = view;
  const audit = await entriesOf(hub, request.id);
  const facts = { request, project: view.project, needed, counted, session, audit };
  return { view, evidence: { ...facts, ...fromGit, generatedAt: hub.clock() } };
}

const orReason = <T>(value: Promise<T>): Promise<T | string> =>
  value.catch((error: unknown) => {
    if (error instanceof Refusal) return error.message;
    throw error;
  });

const changeOf = refusing(
  async ({ reader }: ProjectRepository, request: Request): Promise<EvidenceChange> => {
    const { plan } = await planAtSubmit(reader, request);
    const full = await explain(reader, plan);
    const texts = await readChangedTexts({ reader }, full);
    const lines = unifiedDiff(texts.map(diffedFile), diffLimits);
    return { services: full.services, diff: lines.map(({ text }) => `${text}\n`).join('') };
  },
);

const personText = ({ name, email }: Person): string => `${name} <${email}>`;

async function commitOf(
  { reader }: ProjectRepository,
  { commit: id }: Request,
): Promise<EvidenceCommit | undefined> {
  if (id === undefined) return undefined;
  const found = await orReason(refusing(readCommit)(reader, id));
  if (typeof found === 'string') return undefined;
  const { tree, message, author, committer } = found;
  return { id, tree, message, author: personText(author), committer: personText(committer) };
}

async function entriesOf(hub: Hub, requestId: string): Promise<readonly AuditRow[]> {
  const all: AuditRow[] = [];
  for (let before: number | undefined; ;) {
    const rows = await hub.store.audit.list({ requestId }, { before, limit: batch });
    all.push(...rows);
    if (rows.length < batch) return all.toReversed();
    before = rows.at(-1)?.entry.seq;
  }
}
