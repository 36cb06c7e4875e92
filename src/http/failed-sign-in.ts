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
