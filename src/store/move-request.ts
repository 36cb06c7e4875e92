import type { RequestFailure, RequestState } from '../domain/request/request.ts';
import type { Queries } from './database.ts';
import { type Prepared, prepared } from './prepared.ts';
import type { RequestRow } from './request-rows.ts';

/** The state and fence that a request must still have for a move to happen. */
export interface MoveFrom {
  readonly states: readonly RequestState[];
  readonly epoch: number;
}

/** Where a request goes. What is absent stays as it is. */
export interface MoveTo {
  readonly state: RequestState;
  readonly at: number;
  readonly attempt?: number;
  readonly startedAt?: number;
  /** `undefined` given by name forgets the plan of the attempt before. */
  readonly planned?: { readonly commit: string; readonly parent: string } | undefined;
  readonly commit?: string;
  readonly error?: RequestFailure | undefined;
  /** `undefined` given by name forgets the session: it bypasses nothing any more. */
  readonly breakGlass?: string | undefined;
  readonly duringFreeze?: string | undefined;
  readonly closed?: boolean;
}

const columnsOf = (to: MoveTo): Partial<RequestRow> => ({
  state: to.state,
  updatedAt: to.at,
  ...(to.attempt === undefined ? {} : { attempt: to.attempt }),
  ...(to.startedAt === undefined ? {} : { startedAt: to.startedAt }),
  ...('planned' in to
    ? { plannedCommit: to.planned?.commit ?? null, expectedParent: to.planned?.parent ?? null }
    : {}),
  ...(to.commit === undefined ? {} : { commitSha: to.commit }),
  ...('error' in to ? { error: to.error === undefined ? null : JSON.stringify(to.error) } : {}),
  ...('breakGlass' in to ? { breakGlass: to.breakGlass ?? null } : {}),
  ...('duringFreeze' in to ? { duringFreeze: to.duringFreeze ?? null } : {}),
  ...(to.closed ? { closedAt: to.at } : {}),
});

type Values = Readonly<Record<string, unknown>>;

/** A move sets some of the columns: each set of them is a statement, compiled once. */
const known = new Map<string, Prepared<Values, unknown>>();

interface Move {
  readonly id: string;
  readonly from: MoveFrom;
  readonly to: MoveTo;
}

/** The new epoch, or undefined when the request was not in one of these states at this epoch any more. */
export async function moveRequest(db: Queries, { id, from, to }: Move): Promise<number | undefined> {
  const columns = columnsOf(to);
  const epoch = from.epoch + 1;
  const names = Object.keys(columns);
  const form = [from.states.length, ...names].join(' ');
  const move = known.get(form) ?? preparedMove(names, from.states.length);
  known.set(form, move);
  const states = Object.fromEntries(from.states.map((state, at) => [`from${at}`, state]));
  const { numAffectedRows } = await move(db, { ...columns, ...states, id, epoch, before: from.epoch });
  return numAffectedRows === 1n ? epoch : undefined;
}

const preparedMove = (names: readonly string[], states: number) =>
  prepared<Values>((db, value) =>
    db
      .updateTable('requests')
      .set(Object.fromEntries([...names, 'epoch'].map((name) => [name, value(name)])))
      .where('id', '=', value('id') as string)
      .where(
        'state',
        'in',
        Array.from({ length: states }, (_, at) => value(`from${at}`) as RequestState),
      )
      .where('epoch', '=', value('before') as number)
      .compile(),
  );
