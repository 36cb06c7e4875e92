import type { Client } from '../../contract/client.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { type TokenScope, tokenScopes } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { askLine } from '../ask.ts';
import type { Landing } from '../hub-access.ts';
import { printable } from '../printable.ts';
import type { CommandContext } from '../program.ts';

type Providers = ResultOf<'getAuthMethods'>['oidc'];

/** What a sign-in in the browser needs to know. */
export interface ElsewhereWish {
  readonly server: string;
  /** Its name at the server; not needed where there is one. */
  readonly provider?: string | undefined;
  /** False: the browser is on another machine, or is not to be opened. */
  readonly browser: boolean;
  readonly scopes?: readonly TokenScope[] | undefined;
  readonly days?: number | undefined;
}

/** The names of identity providers, as a list of choices. */
export const providerNames = (oidc: Providers): string => oidc.map(({ name }) => name).join(' or ');

function choose(oidc: Providers, { server, provider }: ElsewhereWish): Providers[number] {
  const [first, ...others] = provider === undefined ? oidc : oidc.filter(({ name }) => name === provider);
  if (first && others.length === 0) return first;
  if (oidc.length === 0) throw new Refusal('sso_absent', { server });
  throw new Refusal('provider_unchosen', { server, names: providerNames(oidc) });
}

/**
 * Has an identity provider sign somebody in, in the browser, and exchanges the code that comes back for a token. The
 * code is of use to this run alone: only it knows the verifier. `undefined` when Ctrl-C was the answer.
 */
export async function signInElsewhere(
  context: CommandContext,
  client: Client,
  wish: ElsewhereWish,
): Promise<{ readonly token: string; readonly tokenId: string } | undefined> {
  const { hub } = context;
  const chosen = choose((await client.call('getAuthMethods')).oidc, wish);
  const { verifier, challenge } = hub.newProof();
  const state = hub.newKey();
  const expects = (url: URL): boolean => isReturn(url, state);
  const landing = await hub.openLanding(expects);
  try {
    const query = new URLSearchParams({ redirectUri: landing.address, challenge, state });
    const address = `${chosen.commandLineUrl}?${query.toString()}`;
    const back = await awaitReturn(context, landing, { address, browser: wish.browser, expects });
    if (!back) return undefined;
    const reason = back.searchParams.get('error_description') ?? back.searchParams.get('error');
    if (reason !== null) throw new Refusal('sso_failed', { server: wish.server, reason });
    const { token, secret } = await client.call('useSignInCode', {
      body: {
        code: back.searchParams.get('code') ?? '',
        verifier,
        name: `command line on ${hub.machine}`.slice(0, 100),
        scopes: [...(wish.scopes ?? tokenScopes)],
        ...(wish.days === undefined ? {} : { expiresInDays: wish.days }),
      },
    });
    return { token: secret, tokenId: token.id };
  } finally {
    await landing.close();
  }
}

/** A page of somebody else may send the browser here, too; it does not know the state. */
const isReturn = ({ pathname, searchParams }: URL, state: string): boolean =>
  pathname === '/' &&
  searchParams.get('state') === state &&
  (searchParams.has('code') || searchParams.has('error'));

interface Waiting {
  readonly address: string;
  readonly browser: boolean;
  readonly expects: (url: URL) => boolean;
}

async function awaitReturn(
  { terminal, hub }: CommandContext,
  landing: Landing,
  { address, browser, expects }: Waiting,
): Promise<URL | undefined> {
  const { stderr } = terminal;
  stderr.write(`Sign in with your browser: ${printable(address)}\n`);
  if (browser) hub.openBrowser(address);
  if (browser || !terminal.interactive) return (await landing.arrival) ?? tooLate();
  const asking = new AbortController();
  const question = 'With a browser elsewhere, paste the address of the page where it ends: ';
  const pasted = askLine(terminal, question, asking.signal);
  const first = await Promise.race([
    landing.arrival.then((url) => ({ url: url ?? tooLate() })),
    pasted.then((text) => ({ text })),
  ]);
  asking.abort();
  if ('url' in first) return first.url;
  if (first.text === undefined) return undefined;
  const url = URL.parse(first.text.trim());
  if (!url || !expects(url)) throw new Refusal('sso_address_wrong');
  return url;
}

function tooLate(): never {
  throw new Refusal('sso_unanswered');
}
