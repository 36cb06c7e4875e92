import type { FeatureFlag, PlanName } from '../domain/policy/features.ts';
import type { OidcRules } from '../domain/people/oidc-claims.ts';
import type { AllowedNetworks } from '../outbound/read-target.ts';
import type { ImageRegistries } from '../outbound/image-registries.ts';
import type { NamedRegistry } from '../outbound/registry-call.ts';
import type { IdentityProvider, OidcClient } from '../outbound/identity-provider.ts';
import type { Clock } from '../std/clock.ts';
import type { Store } from '../store/open-store.ts';
import type { Renderer } from '../render/renderer.ts';
import type { NewId } from './new-id.ts';
import type { Passwords } from './people/passwords.ts';
import type { RepositoryPool } from './projects/repository-pool.ts';
import type { Seal } from './seal.ts';
import type { Wakes } from './wakes.ts';

/** What an operator decides at start. */
export interface HubSettings {
  /** The address that people use, without a slash at its end. */
  readonly publicUrl: string;
  /** Where cluster agents connect to, as `host:port`. */
  readonly agentAddress: string;
  readonly dataDir: string;
  readonly plan: PlanName;
  readonly switchedOff: readonly FeatureFlag[];
  /** Committer of every commit that the hub makes. */
  readonly committer: { readonly name: string; readonly email: string };
  /** Path of an SSH key; without one, commits are not signed. */
  readonly signingKey: string | undefined;
  readonly gitHosts: GitHostSettings;
  /** Where webhooks may go, besides public addresses over https. */
  readonly webhooks: AllowedNetworks;
  /** Which are asked whether they have the images of a preview; none unless named. */
  readonly registries: readonly NamedRegistry[];
  readonly signIn: SignInSettings;
  /** Milliseconds. */
  readonly verification: VerificationSettings;
  readonly limits: HubLimits;
}

/** Which Git hosts a project may be connected to, besides those with public addresses. */
export interface GitHostSettings {
  /** Networks such as `10.0.0.0/8` that are allowed although they are private. */
  readonly networks: readonly string[];
  /** Plain http to those networks; otherwise https and ssh only. */
  readonly plainHttp: boolean;
}

/** When a recovery is believed. */
export interface VerificationSettings {
  /** How long everything has to stay healthy. */
  readonly settle: number;
  /** After this long without proof it is unconfirmed. */
  readonly patience: number;
}

/** Bytes and counts above which input is refused. */
export interface HubLimits {
  readonly pushBytes: number;
  readonly blobBytes: number;
}

/** An identity provider, and what is believed of what it says. */
export interface OidcSettings extends OidcRules, OidcClient {
  /** In addresses and on the button: lower-case letters, digits and hyphens. */
  readonly name: string;
}

/** How people can sign in. */
export interface SignInSettings {
  /** Off: only identity providers, and whoever has a one-time link. */
  readonly password: boolean;
  readonly oidc: readonly OidcSettings[];
  /** Shown to everybody on the sign-in page: of a server that runs for show, and of no other. */
  readonly demoAccounts: readonly DemoAccount[];
}

export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

/** Everything that a use case works with. Its first argument, always. */
export interface Hub extends Wakes {
  /** This process among all that share the database: holder of leases and jobs. */
  readonly instance: string;
  readonly store: Store;
  readonly repositories: RepositoryPool;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly settings: HubSettings;
  readonly seal: Seal;
  readonly passwords: Passwords;
  readonly renderer: Renderer;
  readonly imageRegistries: ImageRegistries;
  /** By the name of its settings. */
  readonly identityProviders: ReadonlyMap<string, IdentityProvider>;
}

export const defaultHubSettings: Omit<HubSettings, 'dataDir'> = {
  publicUrl: 'http://localhost:7420',
  agentAddress: 'localhost:7421',
  plan: 'enterprise',
  switchedOff: [],
  committer: { name: 'Knowngood', email: 'knowngood@localhost' },
  signingKey: undefined,
  gitHosts: { networks: [], plainHttp: false },
  webhooks: { networks: [], plainHttp: false },
  registries: [],
  signIn: { password: true, oidc: [], demoAccounts: [] },
  verification: { settle: 60_000, patience: 1_800_000 },
  limits: { pushBytes: 1024 ** 3, blobBytes: 100 * 1024 ** 2 },
};
