import { type OperationId, operationIds, operationOf } from '../../src/contract/operations.ts';
import { type CallOf, type Headers, type Life, api } from './secret-life.ts';

/** Where somebody puts a secret that does not belong there. */
interface Place {
  readonly name: string;
  /** Only an operation that takes a body reads one. */
  readonly of: 'all' | 'bodies';
  readonly put: (secret: string) => Pick<CallOf, 'headers' | 'body'> & { readonly query?: string };
}

/** Members that most bodies have. */
const usual = ['name', 'slug', 'email', 'url', 'policy', 'scopes', 'digest', 'comment', 'justification'];

const places: readonly Place[] = [
  {
    name: 'the query',
    of: 'all',
    put: (secret) => ({ query: `?access_token=${encodeURIComponent(secret)}` }),
  },
  { name: 'a header', of: 'all', put: (secret) => ({ headers: { 'x-api-key': secret, referer: secret } }) },
  { name: 'a member that there is not', of: 'bodies', put: (secret) => ({ body: { secret } }) },
  {
    name: 'members of another type',
    of: 'bodies',
    put: (secret) => ({ body: Object.fromEntries(usual.map((name) => [name, [secret]])) }),
  },
  { name: 'a body that is cut off', of: 'bodies', put: (secret) => ({ body: `{"password":"${secret}` }) },
];

/** After these, whoever called has to sign in again; and a stream of events has no end. */
const apart: readonly OperationId[] = ['logout', 'logoutEverywhere', 'streamEvents'];

/** Puts a secret into every place of every operation where it does not belong, one in each call. */
export async function misplace({ call, ledger }: Life, who: Headers): Promise<void> {
  for (const id of operationIds.filter((one) => !apart.includes(one))) {
    const { method, path, body: taken } = operationOf(id);
    for (const { name, of, put } of places) {
      if (of === 'bodies' && !taken) continue;
      const where = `${name} of ${id}`;
      const { query = '', headers, body } = put(ledger.typed(where));
      await call(where, {
        method,
        path: `${api(path).replaceAll(/\{\w+\}/g, 'none')}${query}`,
        headers: { ...who, ...headers },
        ...(body === undefined ? {} : { body }),
      });
    }
  }
}
