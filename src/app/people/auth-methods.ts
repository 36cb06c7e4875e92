import { apiAddress } from './oidc-address.ts';
import type { DemoAccount, Hub } from '../hub.ts';

/** How people can sign in here. */
export interface AuthMethods {
  readonly password: boolean;
  readonly oidc: readonly {
    readonly name: string;
    readonly startUrl: string;
    readonly commandLineUrl: string;
  }[];
  readonly demoAccounts: readonly DemoAccount[];
}

/** What the sign-in page shows to everybody. */
export function authMethods({ settings }: Pick<Hub, 'settings'>): AuthMethods {
  const { password, oidc, demoAccounts } = settings.signIn;
  return {
    password,
    oidc: oidc.map(({ name }) => ({
      name,
      startUrl: apiAddress(settings, name, 'start'),
      commandLineUrl: apiAddress(settings, name, 'command-line'),
    })),
    demoAccounts,
  };
}
