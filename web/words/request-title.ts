import type { Request } from '../../src/contract/request.ts';
import { shortSha } from './short-sha.ts';

const modeWords = {
  full: 'of everything',
  service: 'of',
  field: 'of fields of',
  undo: 'of a commit',
} as const;

/** What a request is about, in one line: `Rollback of api-gateway in acme/production → 5be0d1e7`, `Release of web to acme/dev`. */
export function requestTitle({
  kind,
  scope,
  targetSha,
}: Pick<Request, 'kind' | 'scope' | 'targetSha'>): string {
  const what = scope.mode === 'undo' ? 'Undo' : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  const where = scope.where.map(({ tenant, environment }) => `${tenant}/${environment}`).join(', ');
  if (kind !== 'rollback') {
    const services = scope.service === null ? '' : ` of ${scope.service}`;
    return `${what}${services}${scope.from === null ? '' : ` from ${scope.from}`} to ${where}`;
  }
  const aim = targetSha === null ? '' : ` ${scope.mode === 'undo' ? '' : '→ '}${shortSha(targetSha)}`;
  const of = [what, modeWords[scope.mode], scope.service ?? ''].filter((part) => part !== '').join(' ');
  return scope.mode === 'undo' ? `${of}${aim} in ${where}` : `${of} in ${where}${aim}`;
}
