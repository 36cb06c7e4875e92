import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { LoadTarget } from './server.ts';
import { processorTime } from '../process-figures.ts';
import { CHANGED_SERVICES, type Shape, serviceName, tenantName } from '../make-repository.ts';

/** A service that a client rolls back, and forward again. */
export interface Place {
  readonly tenant: string;
  readonly environment: string;
  readonly service: string;
  /** How often it was moved; says which of the two targets is next. */
  turns: number;
}

/** What came of a load: milliseconds of every rollback that was answered after the warm-up, and every other answer. */
export interface LoadResult {
  readonly times: readonly number[];
  readonly seconds: number;
  readonly refused: ReadonlyMap<string, number>;
  /** Milliseconds that the server's processors worked for it; undefined where the system does not tell. */
  readonly processor: number | undefined;
}

export interface LoadOptions {
  readonly clients: number;
  /** Seconds that count, and those before them. */
  readonly seconds: number;
  readonly warmUp: number;
  /** The server's. */
  readonly pid: number;
}

/** Services of the newest releases, which are the only ones with two states; each belongs to one client. */
export function placesOf(shape: Shape, client: number, clients: number): readonly Place[] {
  const [first = ''] = shape.environments;
  const all = Array.from({ length: shape.tenants }, (_, tenant) =>
    [first, 'production'].flatMap((environment) =>
      Array.from({ length: CHANGED_SERVICES }, (_none, service) => ({
        tenant: tenantName(tenant),
        environment,
        service: serviceName(service),
        turns: 0,
      })),
    ),
  ).flat();
  return all.filter((_, index) => index % clients === client);
}

/** Clients that each send one rollback after the other, until the time is over. */
export async function driveLoad(
  target: LoadTarget,
  shape: Shape,
  { clients, seconds, warmUp, pid }: LoadOptions,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const begin = performance.now() + warmUp * 1000;
  const end = begin + seconds * 1000;
  const times: number[] = [];
  const refused = new Map<string, number>();
  const client = async (index: number): Promise<void> => {
    const places = placesOf(shape, index, clients);
    for (let turn = 0; performance.now() < end; turn += 1) {
      const place = places[turn % places.length];
      if (!place) return;
      const started = performance.now();
      const { status, text } = await rollBack(target, place, { agent, token: target.tokens[index] ?? '' });
      if (status !== 201) refused.set(`${status} ${text}`, (refused.get(`${status} ${text}`) ?? 0) + 1);
      else if (performance.now() >= begin) times.push(performance.now() - started);
    }
  };
  const work = Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  await setTimeout(warmUp * 1000);
  const before = processorTime(pid);
  await work;
  const after = processorTime(pid);
  agent.destroy();
  const processor = before === undefined || after === undefined ? undefined : after - before;
  return { times, seconds: (performance.now() - begin) / 1000, refused, processor };
}

export interface Answer {
  readonly status: number;
  /** Empty unless it was refused. */
  readonly text: string;
}

export interface Sender {
  readonly agent: Agent;
  readonly token: string;
}

/** Rolls a service back, or forward again. */
export function rollBack(
  { origin, targets }: LoadTarget,
  place: Place,
  { agent, token }: Sender,
): Promise<Answer> {
  const { tenant, environment, service } = place;
  const targetSha = targets[place.turns % 2];
  place.turns += 1;
  const justification = 'measured';
  const body = JSON.stringify({ mode: 'service', tenant, environment, service, targetSha, justification });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}/api/v2/projects/shop/rollback-requests`, {
      method: 'POST',
      agent,
      headers,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      const status = response.statusCode ?? 0;
      response.on('end', () => resolve({ status, text: status === 201 ? '' : text.slice(0, 300) }));
    });
    sent.end(body);
  });
}
