import type { TestDatabase } from '../../test/kit/databases.ts';
import { makeHub } from '../../test/kit/hub.ts';
import { pushFile } from '../../test/kit/push-file.ts';
import { brokenPromises } from '../../test/kit/request-invariants.ts';
import { requestServer } from '../../test/kit/request-server.ts';
import { makeShop, serviceText, serviceWish } from '../../test/kit/shop.ts';

/** What came of many rollbacks of one repository that were asked for at the same moment. */
export interface AtOnceResult {
  readonly committed: number;
  /** Refused with 409: somebody else had done it. */
  readonly conflicts: number;
  /** Any other answer, in words; has to be empty. */
  readonly others: readonly string[];
  /** Commits in the branch that were not asked for, or are missing. */
  readonly strayCommits: number;
  readonly broken: readonly string[];
  readonly seconds: number;
}

/** Asks for so many rollbacks at once, of so many services that most of them meet another for the same. */
export async function rollBackAtOnce(requests: number, database?: TestDatabase): Promise<AtOnceResult> {
  await using hub = await makeHub(database ? { database } : {});
  const shop = await makeShop(hub);
  const services = Array.from({ length: Math.ceil(requests / 5) }, (_, index) => `svc-${index}`);
  const fileOf = (service: string): string => `tenants/acme/production/${service}/service.yaml`;
  for (const service of services) pushFile(shop, fileOf(service), serviceText('v1'));
  const target = shop.git('rev-parse', 'main');
  for (const service of services) pushFile(shop, fileOf(service), serviceText('v2', 4));
  const before = shop.git('rev-parse', 'main');
  await using server = requestServer(hub, shop.people);
  const { slug: _slug, ...wish } = serviceWish(shop, { targetSha: target });
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: requests }, (_, index) =>
      server.call('jane', 'POST', '/projects/shop/rollback-requests', {
        ...wish,
        service: services[index % services.length],
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  const committed = answers.filter(({ status }) => status === 201).length;
  const conflicts = answers.filter(({ status }) => status === 409).length;
  const made = Number(shop.git('rev-list', '--count', `${before}..main`));
  return {
    committed,
    conflicts,
    others: answers
      .filter(({ status }) => status !== 201 && status !== 409)
      .map(({ status, message }) => `${status} ${message}`),
    strayCommits: Math.abs(made - committed),
    broken: await brokenPromises(shop),
    seconds,
  };
}
