import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiPrefix } from '../contract/operation.ts';
import type { Operation } from '../contract/operation.ts';
import { operationIds, operationOf } from '../contract/operations.ts';
import type { OperationId } from '../contract/operations.ts';
import { HttpProblem } from './http-problem.ts';

/** What Fastify is told for one operation: who may come in, and what is done then. */
export interface Route {
  /** Runs before the body is read. */
  readonly admit: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly answer: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
}

export type MakeRoute = (id: OperationId, operation: Operation, rollbacksOnly: boolean) => Route;

const routePath = (path: string): string => `${apiPrefix}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Puts every operation and alias at its address, and a clear No at every address's other methods. */
export function mountOperations(server: FastifyInstance, makeRoute: MakeRoute): void {
  const taken = new Map<string, Set<string>>();
  const put = (id: OperationId, operation: Operation, path: string, rollbacksOnly: boolean): void => {
    const { admit, answer } = makeRoute(id, operation, rollbacksOnly);
    const url = routePath(path);
    // HEAD of an endless stream would never end.
    const exposeHeadRoute = operation.method === 'GET' && operation.answer.kind !== 'events';
    server.route({
      method: operation.method,
      url,
      exposeHeadRoute,
      config: { operation: id },
      onRequest: admit,
      handler: answer,
    });
    const known = taken.get(url) ?? new Set<string>();
    known.add(operation.method);
    if (exposeHeadRoute) known.add('HEAD');
    taken.set(url, known);
  };
  for (const id of operationIds) {
    const operation = operationOf(id);
    put(id, operation, operation.path, false);
    if (operation.alias) put(id, operation, operation.alias.path, true);
  }
  for (const [url, known] of taken) refuseOthers(server, url, known);
}

function refuseOthers(server: FastifyInstance, url: string, known: ReadonlySet<string>): void {
  const allowed = [...known, 'OPTIONS'].join(', ');
  server.options(url, (_request, reply) => reply.code(204).header('allow', allowed).send());
  const others = [...methods, 'HEAD' as const].filter((method) => !known.has(method));
  server.route({
    method: others,
    url,
    exposeHeadRoute: false,
    // Refused before the body is read.
    onRequest: (request) => {
      throw new HttpProblem('method_not_allowed', { method: request.method, allowed }, { allow: allowed });
    },
    handler: (_request, reply) => reply.send(),
  });
}
