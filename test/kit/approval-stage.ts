import { expireRequests } from '../../src/app/requests/expire-requests.ts';
import { planSetting } from '../../src/app/features-now.ts';
import type { Account } from '../../src/domain/people/actor.ts';
import { type EnvironmentPolicy, defaultPolicy } from '../../src/domain/policy/policy.ts';
import { type TestHub, type TestProject, person, projectWith } from './hub.ts';
import { pushFile } from './push-file.ts';
import type { Answer, RequestServer } from './request-server.ts';
import { apiGateway, checkout, serviceText, setPolicy, shopHistory } from './shop.ts';

/** What the cases of a run share. `people` is read by the server, so newcomers can sign in. */
export interface Theatre {
  readonly hub: TestHub;
  readonly server: RequestServer;
  readonly people: Record<string, Pick<Account, 'id'>>;
  readonly clock: { now: number };
}

/** One play of a sequence: its own project, its own people, and what was submitted last. */
export interface Stage extends TestProject {
  readonly theatre: Theatre;
  readonly hub: TestHub;
  readonly slug: string;
  /** The name under which somebody of the sequence signs in. */
  readonly nameOf: (who: string) => string;
  last: { id: string; digest: string };
  remembered: { id: string; digest: string };
  session: string;
}

const cast: Readonly<Record<string, Parameters<typeof person>[2]>> = {
  jane: { role: 'admin' },
  bob: { role: 'admin', groups: ['sre'] },
  ann: { role: 'owner' },
  mia: { role: 'member' },
  vera: { role: 'viewer' },
  joan: { role: 'admin' },
};

const none = { id: 'rbk-none', digest: `sha256:${'0'.repeat(64)}` };

export async function setTheStage(theatre: Theatre, number: number, policy: string): Promise<Stage> {
  const { hub, people } = theatre;
  const slug = `shop-${number}`;
  const nameOf = (who: string): string => {
    const [name = '', ...rest] = who.split(':');
    return [name === 'nobody' ? 'nobody' : `${name}${number}`, ...rest].join(':');
  };
  const add = async (who: string, as: Parameters<typeof person>[2]) => {
    const account = await person(hub, nameOf(who), as);
    people[nameOf(who)] = account;
    return account;
  };
  const project = await projectWith(hub, shopHistory, { slug });
  for (const [who, as] of Object.entries(cast)) await add(who, as);
  for (const [who, owner] of [
    ['sam', 'jane'],
    ['sid', 'bob'],
  ] as const)
    await add(who, { kind: 'service_account', role: 'admin', ownerId: people[nameOf(owner)]?.id });
  const xena = await add('xena', { role: undefined });
  for (const verb of ['read', 'approve'] as const)
    await hub.store.grants.add({
      id: hub.newId('grt_'),
      to: { accountId: xena.id },
      verb,
      projectId: project.project.id,
      tenant: 'globex',
      environment: undefined,
      createdAt: 1,
    });
  const stage = { ...project, theatre, hub, slug, nameOf, last: none, remembered: none, session: '' };
  await setPolicy(stage, policyOf(policy, theatre.clock.now));
  return stage;
}

/** Reads `approvals=2 execution=manual frozen`. */
export function policyOf(words: string, now: number): Partial<EnvironmentPolicy> {
  const policy: Record<string, unknown> = {};
  for (const word of words.split(' ').filter((part) => part !== '')) {
    const [name = '', value] = word.split('=');
    if (name === 'frozen') Object.assign(policy, frozenAround(now));
    else if (name === 'exempt') policy['rollbackExempt'] = true;
    else if (name === 'nobreakglass') policy['breakGlass'] = { ...defaultPolicy.breakGlass, roles: [] };
    else if (name === 'eligible') policy['eligible'] = [{ people: [], groups: [value] }];
    else policy[name] = value === 'manual' ? value : (JSON.parse(value ?? '') as unknown);
  }
  return policy;
}

function frozenAround(now: number): Partial<EnvironmentPolicy> {
  const [from = '', to = ''] = [now - 3_600_000, now + 3_600_000].map((at) => new Date(at).toISOString());
  return { rollbackExempt: false, freezeWindows: [{ kind: 'single', name: 'christmas', from, to }] };
}

/** Things that happen without anybody of the request asking. Undefined when the words are not such an event. */
export async function happen(stage: Stage, words: readonly string[]): Promise<boolean> {
  const { hub, theatre } = stage;
  const [event = '', first = '', second = ''] = words;
  switch (event) {
    case 'wait':
      theatre.clock.now += Number.parseInt(first, 10) * (first.endsWith('h') ? 3_600_000 : 60_000);
      return true;
    case 'policy':
      await setPolicy(stage, policyOf(words.slice(1).join(' '), theatre.clock.now));
      return true;
    case 'plan':
      await hub.store.settings.set(planSetting, first);
      return true;
    case 'disable':
    case 'role':
    case 'link':
      await changeAccount(stage, event, first, second);
      return true;
    case 'push':
      pushFile(stage, first === 'inside' ? apiGateway : checkout, serviceText(`p${theatre.clock.now}`, 9));
      return true;
    case 'remember':
      stage.remembered = stage.last;
      return true;
    case 'recall':
      stage.last = stage.remembered;
      return true;
    default:
      return false;
  }
}

async function changeAccount(stage: Stage, how: string, who: string, to: string): Promise<void> {
  const { hub, theatre, nameOf } = stage;
  const account = await hub.store.accounts.get(theatre.people[nameOf(who)]?.id ?? '');
  if (!account) throw new Error(`nobody is called ${who}`);
  const changed = {
    disable: { disabledAt: theatre.clock.now },
    role: { role: to as 'member' | 'admin' },
    link: { ownerId: theatre.people[nameOf(to)]?.id },
  }[how];
  await hub.store.accounts.change({ ...account, ...changed });
}

/** The state of the request at hand, expired where its time is over. */
export async function stateNow({ hub, last }: Stage): Promise<string | undefined> {
  await expireRequests(hub);
  return (await hub.store.requests.get(last.id))?.state;
}

/** Somebody does something: `bob approves`, `jane submits mode=full`, `ann revokes break-glass`. */
export async function act(stage: Stage, who: string, words: readonly string[]): Promise<Answer> {
  const { theatre, last, slug } = stage;
  const [verb = '', ...rest] = words;
  const named = rest.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]);
  const given = Object.fromEntries(named);
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
    theatre.server.call(who === 'nobody' ? '' : stage.nameOf(who), method, path, body);
  const submitted = (answer: Answer): Answer => {
    if (answer.status < 300) stage.last = answer.body as { id: string; digest: string };
    return answer;
  };
  const request = `/rollback-requests/${last.id}`;
  if (rest[0] === 'break-glass') return breakGlass(stage, verb, { call, given });
  switch (verb) {
    case 'submits':
      return submitted(await call('POST', `/projects/${slug}/rollback-requests`, wishOf(stage, given)));
    case 'undoes': {
      const commit = rest[0] === 'bad' ? stage.commits[2] : undefined;
      const body = { commit, justification: 'A bad release', ...given };
      return submitted(await call('POST', `/projects/${slug}/undo-requests`, body));
    }
    case 'approves':
    case 'rejects':
      return call('POST', `${request}/${verb.slice(0, -1)}`, digestOf(last, rest[0]));
    case 'executes':
      return call('POST', `${request}/execute`, {});
    case 'cancels':
      return call('POST', `${request}/cancel`, { reason: 'not any more' });
    case 'resubmits':
      return submitted(await call('POST', `${request}/resubmit`, {}));
    case 'reads':
      return call('GET', request);
    case 'changes': {
      const policy = { ...defaultPolicy, ...policyOf(rest.slice(1).join(' '), theatre.clock.now) };
      return call('PUT', `/projects/${slug}/environments/production/policy`, { policy });
    }
    default:
      throw new Error(`nobody knows how to do: ${verb}`);
  }
}

const digestOf = ({ digest }: Stage['last'], how: string | undefined): object => {
  if (how === 'nodigest') return {};
  return { digest: how === 'olddigest' ? `sha256:${'1'.repeat(64)}` : digest };
};

function wishOf({ commits }: Stage, given: Readonly<Record<string, string>>): object {
  const { fields, target, mode = 'service', service = 'api-gateway', ...rest } = given;
  return {
    mode,
    tenant: 'acme',
    environment: 'production',
    ...(mode === 'full' ? {} : { service }),
    ...(fields === undefined ? {} : { selectedFields: fields === '' ? [] : fields.split(',') }),
    targetSha: target === 'bad' ? commits[2] : commits[1],
    justification: 'Bad image tag',
    ...rest,
  };
}

interface Calling {
  readonly call: (method: 'POST' | 'DELETE', path: string, body?: object) => Promise<Answer>;
  readonly given: Readonly<Record<string, string>>;
}

async function breakGlass(stage: Stage, verb: string, { call, given }: Calling): Promise<Answer> {
  const { session, slug } = stage;
  if (verb === 'revokes') return call('DELETE', `/break-glass/${session}`);
  if (verb === 'reviews') return call('POST', `/break-glass/${session}/review`, { comment: 'as agreed' });
  const { justification = 'Checkout is down', minutes = '30' } = given;
  const body = { justification, minutes: Number(minutes) };
  const answer = await call('POST', `/projects/${slug}/break-glass`, body);
  if (answer.status < 300) stage.session = String(answer.body['id']);
  return answer;
}
