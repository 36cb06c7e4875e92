import type {
  Execution,
  Request,
  RequestFailure,
  RequestKind,
  RequestState,
} from '../domain/request/request.ts';

export interface RequestRow {
  readonly id: string;
  readonly projectId: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly epoch: number;
  readonly requesterId: string;
  readonly digest: string;
  readonly body: string;
  readonly paths: string;
  readonly breakGlass: string | null;
  readonly duringFreeze: string | null;
  readonly resubmitOf: string | null;
  readonly attempt: number;
  readonly startedAt: number | null;
  readonly plannedCommit: string | null;
  readonly expectedParent: string | null;
  readonly commitSha: string | null;
  readonly error: string | null;
  readonly submittedAt: number;
  readonly expiresAt: number;
  readonly updatedAt: number;
  readonly closedAt: number | null;
}
export interface RequestPlaceRow {
  readonly requestId: string;
  readonly projectId: string;
  readonly tenant: string;
  readonly environment: string;
}

/** What is in tables or columns of its own. */
type Moving =
  | 'state'
  | 'reviews'
  | 'notes'
  | 'breakGlass'
  | 'duringFreeze'
  | 'resubmitOf'
  | 'execution'
  | 'commit'
  | 'error'
  | 'expiresAt'
  | 'updatedAt'
  | 'closedAt';
type Fixed = Omit<Request, Moving | 'scope'> & { readonly scope: Omit<Request['scope'], 'changes'> };

/** A request with the fence of its last move: whoever moves or writes next has to name it. */
export interface StoredRequest extends Request {
  readonly epoch: number;
}

export function requestRow(request: Request, paths: readonly string[]): RequestRow {
  const { reviews: _reviews, notes: _notes, ...columns } = request;
  const { state, breakGlass, duringFreeze, resubmitOf, execution, commit, error, ...rest } = columns;
  const { expiresAt, updatedAt, closedAt, scope, ...fixed } = rest;
  const { changes: _changes, ...narrow } = scope;
  const body = { ...fixed, scope: narrow };
  return {
    id: request.id,
    projectId: request.projectId,
    kind: request.kind,
    state,
    epoch: 1,
    requesterId: request.requester.personId,
    digest: request.digest,
    body: JSON.stringify(body satisfies Fixed),
    paths: JSON.stringify(paths),
    breakGlass: breakGlass ?? null,
    duringFreeze: duringFreeze ?? null,
    resubmitOf: resubmitOf ?? null,
    attempt: execution?.attempt ?? 0,
    startedAt: execution?.startedAt ?? null,
    plannedCommit: execution?.planned?.commit ?? null,
    expectedParent: execution?.planned?.parent ?? null,
    commitSha: commit ?? null,
    error: error === undefined ? null : JSON.stringify(error),
    submittedAt: request.submittedAt,
    expiresAt,
    updatedAt,
    closedAt: closedAt ?? null,
  };
}

/** JSON leaves absent members out; a request has every one of them. */
const absent = {
  targetSha: undefined,
} as const satisfies Partial<Fixed>;

export function requestFrom(row: RequestRow, said: Pick<Request, 'reviews' | 'notes'>): StoredRequest {
  const body = JSON.parse(row.body) as Fixed;
  return {
    ...absent,
    ...body,
    scope: { ...body.scope, service: body.scope.service },
    requester: { ...body.requester, email: body.requester.email },
    ...said,
    state: row.state,
    epoch: row.epoch,
    breakGlass: row.breakGlass ?? undefined,
    duringFreeze: row.duringFreeze ?? undefined,
    resubmitOf: row.resubmitOf ?? undefined,
    execution: executionFrom(row),
    commit: row.commitSha ?? undefined,
    error: row.error === null ? undefined : (JSON.parse(row.error) as RequestFailure),
    expiresAt: row.expiresAt,
    updatedAt: row.updatedAt,
    closedAt: row.closedAt ?? undefined,
  };
}

function executionFrom(row: RequestRow): Execution | undefined {
  if (row.startedAt === null) return undefined;
  const { attempt, startedAt, plannedCommit: commit, expectedParent: parent } = row;
  const planned = commit === null || parent === null ? undefined : { commit, parent };
  return { attempt, startedAt, planned };
}
