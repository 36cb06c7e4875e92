import { roles } from '../src/domain/people/actor.ts';
import type { Verb } from '../src/domain/people/verb.ts';
import { verbTable } from '../src/domain/people/verb.ts';
import { apiPrefix } from '../src/contract/operation.ts';
import type { Operation } from '../src/contract/operation.ts';
import { operationIds, operationOf } from '../src/contract/operations.ts';

interface Right {
  readonly roles: readonly string[];
  readonly token: string;
  readonly people: boolean;
}

/** What a row's `access` means for roles and tokens. */
function rightOf({ access, about }: Operation): Right {
  if (access === 'public') return { roles, token: 'none needed', people: false };
  if (access === 'signed_in') return { roles, token: 'any', people: false };
  const { role, scope, personOnly } = verbTable[access];
  return {
    roles: role === undefined ? [] : role === 'anybody' ? roles : roles.slice(roles.indexOf(role)),
    // These are looked up for whoever shows the token, and come back in the answer.
    token:
      scope !== 'read' && ['request', 'break_glass', 'member'].includes(about)
        ? `${scope}, read`
        : (scope ?? 'no token'),
    people: personOnly,
  };
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function operationRow(id: string, operation: Operation): string {
  const right = rightOf(operation);
  return row(
    `\`${operation.method} ${operation.path}\`${operation.alias ? `<br>\`${operation.method} ${operation.alias.path}\`` : ''}`,
    id,
    operation.summary.replaceAll('|', '\\|'),
    operation.access,
    ...roles.map((role) => (right.roles.includes(role) ? '✓' : '–')),
    right.token,
    right.people ? 'people only' : 'yes',
  );
}

const verbRow = (verb: Verb): string => {
  const { role, scope, personOnly, phrase } = verbTable[verb];
  return row(verb, phrase, role ?? 'grant only', scope ?? '–', personOnly ? 'no' : 'yes');
};

/** The text of docs/api.md: every operation with who may call it, made from the operation table. */
export const apiPage = (): string =>
  [
    '# The HTTP interface',
    '',
    `Everything is below \`${apiPrefix}\`; the machine-readable form is \`${apiPrefix}/openapi.json\`. This page is made from`,
    'the operation table in `src/contract/operations/`; a test keeps it true.',
    '',
    'Sign in with the session cookie of the console, with `Authorization: Bearer TOKEN`, or with Basic authentication and',
    'a token as the password. Bodies are JSON. Every POST honours `Idempotency-Key`. Errors are',
    '`{"error": {"code", "message", "details"}}`.',
    '',
    'Within a day, the same key with the same request is not done again: it gets the first answer. When the server died',
    'before there was one, it is answered from what was saved, and with 409 `in_flight` until that is known; on a',
    'PostgreSQL that servers share, that can take ten minutes.',
    '',
    'Answers come in this order: 401, 404 (does not exist, or is not visible to you), 403, 400, 409.',
    'A tick means that the role is enough; grants give single rights inside a project to anybody.',
    '',
    '## Operations',
    '',
    row('Address', 'Operation', 'What it does', 'Right', ...roles, 'Token scope', 'Service accounts'),
    row(...Array.from({ length: 10 }, () => '---')),
    ...operationIds.map((id) => operationRow(id, operationOf(id))),
    '',
    '## Rights',
    '',
    row('Right', 'What it allows', 'Lowest role', 'Token scope', 'Service accounts'),
    row(...Array.from({ length: 5 }, () => '---')),
    ...(Object.keys(verbTable) as Verb[]).map(verbRow),
    '',
  ].join('\n');
