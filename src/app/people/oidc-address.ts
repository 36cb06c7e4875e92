import type { HubSettings } from '../hub.ts';

/** Where people go to an identity provider, and where it sends them back to. Operators register the latter there. */
export const apiAddress = (
  { publicUrl }: Pick<HubSettings, 'publicUrl'>,
  provider: string,
  step: 'start' | 'callback' | 'command-line',
): string => `${publicUrl}/api/v2/auth/oidc/${provider}/${step}`;
