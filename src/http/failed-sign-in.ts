import type { FastifyRequest } from 'fastify';
import { Refusal } from '../domain/refusal/refusal.ts';

const readsPages = ({ headers: { accept } }: FastifyRequest): boolean =>
  accept !== undefined && accept.includes('text/html');

/**
 * Where a browser goes whose way to an identity provider, or back from it, was refused: the page for signing in, told
 * the code and, of `oidc_failed`, the problem. Undefined for programs, and for what is no refusal.
 */
export function failedSignIn(error: unknown, request: FastifyRequest): string | undefined {
  if (!(error instanceof Refusal) || !readsPages(request)) return undefined;
  const { provider } = request.params as { readonly provider?: string };
  const { problem } = error.details;
  const said = new URLSearchParams({
    refused: error.code,
    ...(typeof problem === 'string' ? { because: problem } : {}),
    ...(provider === undefined ? {} : { provider }),
  });
  return `/sign-in?${said.toString()}`;
}

/** More of them say nothing new. */
const LIMIT_CAUSES = 4;

/**
 * One error in words. Only those with a code of their own have a message that holds nothing but names: a parser, for
 * one, quotes the answer that it could not read, and with it perhaps a token.
 */
function causeText(error: Error): string {
  const { code, error: said } = error as Error & { readonly code?: unknown; readonly error?: unknown };
  if (typeof code !== 'string') return error.name;
  const named = typeof said === 'string' && /^[a-z_]{1,60}$/.test(said) ? ` (${said})` : '';
  return `${code}: ${error.message}${named}`;
}

/** Logs why an identity provider let somebody down, as far as it is safe to tell: the answer names the problem alone. */
export function logFailedSignIn(error: unknown, request: FastifyRequest): void {
  if (!(error instanceof Refusal) || error.code !== 'oidc_failed') return;
  const { provider } = error.facts;
  const { problem } = error.details;
  const causes: string[] = [];
  // The first cause is the problem once more.
  let cause = error.cause instanceof Error ? error.cause.cause : undefined;
  for (; cause instanceof Error && causes.length < LIMIT_CAUSES; cause = cause.cause)
    causes.push(causeText(cause));
  request.log.warn({ provider, problem, causes }, 'sign-in elsewhere failed');
}

/** The same, and of an audit entry of a failed sign-in that could not be written, why. */
export function logSignInTrouble(error: unknown, request: FastifyRequest): void {
  if (error instanceof Refusal) logFailedSignIn(error, request);
  else request.log.error({ err: error }, 'a failed sign-in could not be written down');
}
