import { type Account, personOf } from '../../domain/people/actor.ts';
import { type BreakGlassSession, isOpen } from '../../domain/policy/break-glass.ts';
import {
  type EnvironmentPolicy,
  type PolicyChange,
  type PolicyVersion,
  defaultPolicy,
} from '../../domain/policy/policy.ts';
import { policyLimits } from '../../domain/policy/check-policy.ts';
import type { Request } from '../../domain/request/request.ts';
import type { Standing } from '../../domain/request/votes.ts';
import type { Tables } from '../../store/tables.ts';
import { featuresNow } from '../features-now.ts';
import type { Hub } from '../hub.ts';

/** What has to be known to judge something: of which environments, of whom, and through which session. */
interface StandingQuestion {
  readonly projectId: string;
  readonly environments: readonly string[];
  readonly accountIds: readonly string[];
  readonly session: BreakGlassSession | undefined;
}

/** Reads how things stand now. What several questions share is read once, so make one for each moment. */
export interface StandingReader {
  /** For deciding about a request; `also` are people who are about to do something. */
  readonly ofRequest: (request: Request, ...also: readonly Account[]) => Promise<Standing>;
  /** For what somebody is about to submit in these environments. */
  readonly ofSubmission: (
    actor: Account,
    projectId: string,
    environments: readonly string[],
  ) => Promise<Standing>;
}

const HOUR = 3_600_000;
/** No change of a policy matters for longer. */
const longestWait = policyLimits.changerWaitHours.most * HOUR;

/**
 * `tables` are the store's own, or those of the transaction in which the answer is acted upon. `present` are accounts
 * that were read for this very call, at the door.
 */
export function standingReader(
  { settings, clock }: Hub,
  tables: Tables,
  present: readonly Account[] = [],
): StandingReader {
  const now = clock();
  const accountOf = remembering((id: string): Promise<Account | undefined> => {
    const known = present.find((account) => account.id === id);
    return known ? Promise.resolve(known) : tables.accounts.withRights(id);
  });
  const historyOf = remembering((key: string) => {
    const [projectId = '', environment = ''] = key.split('\0');
    return tables.policies.history(projectId, environment);
  });
  const features = remembering(() => featuresNow(tables, settings));

  const read = async (asked: StandingQuestion): Promise<Standing> => {
    const histories = await Promise.all(
      asked.environments.map((environment) => historyOf(`${asked.projectId}\0${environment}`)),
    );
    const changes = histories.flatMap((history) => changesIn(history, now - longestWait));
    const ids = new Set([...asked.accountIds, ...changes.map(({ personId }) => personId)]);
    const accounts = await Promise.all([...ids].map(accountOf));
    return {
      features: await features(''),
      // An undo names no environment before it is planned.
      policies: histories.length > 0 ? histories.map(policyIn) : [defaultPolicy],
      changes,
      accounts: new Map(accounts.flatMap((account) => (account ? [[account.id, account]] : []))),
      session: asked.session,
      now,
    };
  };
  return {
    ofRequest: async (request, ...also) =>
      read({
        projectId: request.projectId,
        environments: environmentsOf(request),
        accountIds: [...accountIdsOf(request), ...also.map(({ id }) => id)],
        session:
          request.breakGlass === undefined ? undefined : await tables.breakGlass.get(request.breakGlass),
      }),
    ofSubmission: async (actor, projectId, environments) => {
      const sessions = await tables.breakGlass.ofPerson(projectId, personOf(actor));
      const session = sessions.find((candidate) => isOpen(candidate, now));
      return read({ projectId, environments, accountIds: [actor.id, personOf(actor)], session });
    },
  };
}

const accountIdsOf = ({ requester, authors, reviews }: Request): readonly string[] => [
  requester.accountId,
  ...authors,
  ...reviews.map(({ by }) => by.accountId),
];

export const environmentsOf = ({ scope }: Pick<Request, 'scope'>): readonly string[] => [
  ...new Set(scope.where.map(({ environment }) => environment)),
];

const policyIn = ([latest]: readonly PolicyVersion[]): EnvironmentPolicy => latest?.policy ?? defaultPolicy;

const changesIn = (history: readonly PolicyVersion[], since: number): readonly PolicyChange[] =>
  history.flatMap(({ environment, changedBy, changedAt }) =>
    changedBy !== undefined && changedAt >= since
      ? [{ environment, personId: changedBy, at: changedAt }]
      : [],
  );

function remembering<Key, Value>(ask: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key) => {
    const answer = known.get(key) ?? ask(key);
    known.set(key, answer);
    return answer;
  };
}
