import type { FastifyInstance } from 'fastify';

/** What has to work before requests are sent here: name → why it does not, or undefined. */
export type Readiness = () => Promise<Readonly<Record<string, string | undefined>>>;

/** `/healthz`: the process answers. `/readyz`: so does all that it needs, and it is not stopping. */
export function mountHealth(server: FastifyInstance, readiness: Readiness, stopping: () => boolean): void {
  server.get('/healthz', async (_request, reply) => reply.type('text/plain; charset=utf-8').send('ok\n'));
  server.get('/readyz', async (_request, reply) => {
    const checks = { ...(await readiness()), server: stopping() ? 'stopping' : undefined };
    const lines = Object.entries(checks).map(([name, reason]) => `${name}: ${reason ?? 'ok'}\n`);
    const ready = Object.values(checks).every((reason) => reason === undefined);
    return reply
      .code(ready ? 200 : 503)
      .type('text/plain; charset=utf-8')
      .send(lines.join(''));
  });
}
