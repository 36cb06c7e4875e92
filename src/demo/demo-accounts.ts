import type { DemoAccount } from '../app/hub.ts';
import type { Role } from '../domain/people/actor.ts';

/** Who can sign in to a demo, shown on its sign-in page. No secrets: a demo listens on its own machine alone. */
export const demoAccounts: readonly (DemoAccount & { readonly role: Role })[] = [
  { name: 'jane', email: 'jane@example.com', role: 'member', password: 'jane-demo' },
  { name: 'bob', email: 'bob@example.com', role: 'admin', password: 'bob-demo' },
  { name: 'admin', email: 'admin@example.com', role: 'owner', password: 'admin-demo' },
];

/** The program that releases and promotes, with an account of its own. */
export const demoBot = { name: 'release-bot', email: 'release-bot@example.com' } as const;
