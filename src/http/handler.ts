import type { HubEvent } from '../contract/instance.ts';
import type {
  AnswerOf,
  BodyOf,
  OperationId,
  Operations,
  ParamsOf,
  QueryOf,
  ResultOf,
} from '../contract/operations.ts';
import type { Actor } from '../domain/people/actor.ts';
import type { Cookies } from './cookies.ts';

/** One call of an operation: who asks for what, checked by the contract. */
export interface Call<Id extends OperationId> {
  /** Absent only for public operations. */
  readonly actor: Operations[Id]['access'] extends 'public' ? undefined : Actor;
  readonly params: ParamsOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  /** It came through an address that is for rollbacks alone. */
  readonly rollbacksOnly: boolean;
  readonly from: {
    readonly address: string;
    readonly userAgent: string | undefined;
    readonly requestId: string;
  };
  readonly cookies: Cookies;
  /** Logs why a sign-in elsewhere failed whose answer goes to another program, or could not be written down. */
  readonly logFailure: (error: unknown) => void;
  /** Aborted when the client has gone or the server stops. */
  readonly signal: AbortSignal;
}

/** A page or an export. `name` makes browsers save it under that name. */
export interface TextAnswer {
  readonly type: string;
  readonly name?: string;
  readonly body: string | AsyncIterable<string>;
}

export interface FeedEvent {
  /** Grows by time; the client names the last one it saw when it comes back. */
  readonly id: number;
  /** Asked for when it is its turn: what has to be looked up for one must not let the next overtake it. */
  readonly event: () => Promise<HubEvent>;
}

/** Where an event stream comes from, and what of it this actor may see. */
export interface EventFeed {
  /** Events after an id, oldest first; `complete: false` when older ones are gone, so that the client reloads. */
  readonly since: (
    id: number,
  ) => Promise<{ readonly events: readonly FeedEvent[]; readonly complete: boolean }>;
  /** Calls back for each new event until the returned function is called. */
  readonly listen: (listener: (event: FeedEvent) => void) => () => void;
  /** Asked for every event, so that a lost right counts at once. `end` closes the stream: nobody is signed in. */
  readonly visible: (event: FeedEvent) => Promise<boolean | 'end'>;
}

/** What a handler returns, by the kind of answer of its operation. */
export type Result<Id extends OperationId> = {
  json: ResultOf<Id>;
  none: undefined;
  text: TextAnswer;
  /** Where to send the browser. */
  redirect: string;
  events: EventFeed;
}[AnswerOf<Id>['kind']];

/** Three to six lines: from the call to a use case and back to the wire. */
export type Handler<Id extends OperationId> = (call: Call<Id>) => Promise<Result<Id>>;

/** A handler for every operation of the table; one that is missing is a type error. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> };

/** Operations that change something and whose answer is kept with their Idempotency-Key. */
export type RepeatableId = Exclude<
  {
    [Id in OperationId]: Operations[Id] extends {
      readonly method: 'POST';
      readonly access: infer Access;
      readonly answer: { readonly kind: 'json'; readonly secret: false };
    }
      ? Access extends 'public'
        ? never
        : Id
      : never;
  }[OperationId],
  | 'previewRollback'
  | 'previewUndo'
  | 'previewRelease'
  | 'previewPromotion'
  | 'renderRollback'
  | 'renderUndo'
  | 'renderRelease'
  | 'renderPromotion'
  | 'dryRunRollback'
  | 'dryRunUndo'
  | 'dryRunRelease'
  | 'dryRunPromotion'
  | 'fetchProject'
>;

/** Answers an operation again from what it saved: the audit entry `seq` of its first change says what that was. */
export type AnswersAgain = {
  readonly [Id in RepeatableId]: (call: Call<Id>, seq: number) => Promise<Result<Id>>;
};

/** The handlers of one file of the table: `HandlersOf<typeof requestOperations>`. */
export type HandlersOf<Table> = Pick<Handlers, Extract<keyof Table, OperationId>>;
