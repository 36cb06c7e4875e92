import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { HttpProblem } from './http-problem.ts';

const isLocal = (address: string): boolean =>
  /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address);

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whoever shows the token; without one, whoever is on this machine. */
function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return isLocal(request.ip);
  return timingSafeEqual(sha256(request.headers.authorization ?? ''), sha256(`Bearer ${token}`));
}

/**
 * `GET /metrics` in Prometheus' format, with the durations of all requests by route, not by address: addresses would
 * be without end. Whoever may not read them is told that there is nothing.
 */
export function mountMetrics(server: FastifyInstance, registry: Registry, token: string | undefined): void {
  const durations = new Histogram({
    name: 'knowngood_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const running = new Gauge({
    name: 'knowngood_http_requests_running',
    help: 'Requests that are being answered',
    registers: [registry],
  });
  server.addHook('onRequest', (_request, reply, done) => {
    running.inc();
    // Once, however it ends: answered or broken off.
    reply.raw.once('close', () => running.dec());
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  server.get('/metrics', async (request, reply) => {
    if (!mayRead(request, token)) throw new HttpProblem('route_unknown');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
