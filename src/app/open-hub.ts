import { randomUUID } from 'node:crypto';
import { identityProvider } from '../outbound/identity-provider.ts';
import { openImageRegistries } from '../outbound/image-registries.ts';
import type { Clock } from '../std/clock.ts';
import { openRenderer } from '../render/renderer.ts';
import { openStore } from '../store/open-store.ts';
import type { Hub, HubSettings } from './hub.ts';
import { idSource } from './new-id.ts';
import { passwordHasher } from './people/passwords.ts';
import { openRepositoryPool } from './projects/repository-pool.ts';
import { sealWith } from './seal.ts';
import { wakes } from './wakes.ts';

export interface HubOptions {
  /** `file:…` or `postgres://…`. */
  readonly database: string;
  readonly settings: HubSettings;
  readonly clock: Clock;
  /** 32 bytes, always the same for one database. */
  readonly secretKey: Uint8Array;
}

export interface OpenHub extends Hub {
  /** Waits for work that is under way, ends every git, and closes the database. */
  readonly close: () => Promise<void>;
}

/** Opens the database and the repositories. Background loops and servers are started on what it returns. */
export async function openHub({ database, settings, clock, secretKey }: HubOptions): Promise<OpenHub> {
  const store = await openStore({ url: database });
  const seal = sealWith(secretKey);
  const repositories = openRepositoryPool({ settings, seal });
  const { oidc } = settings.signIn;
  return {
    ...wakes(),
    passwords: passwordHasher(),
    renderer: openRenderer(),
    imageRegistries: openImageRegistries(settings.registries, clock),
    identityProviders: new Map(oidc.map((client) => [client.name, identityProvider(client, clock)])),
    instance: randomUUID(),
    store,
    repositories,
    clock,
    newId: idSource(clock),
    settings,
    seal,
    close: async () => {
      await repositories.close();
      await store.close();
    },
  };
}
