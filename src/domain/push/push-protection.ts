import type { Actor } from '../people/actor.ts';
import { type Layout, isShared, ownerOf } from '../layout/layout.ts';
import type { EnvironmentPolicy } from '../policy/policy.ts';
import { PROJECT_FILE } from '../layout/project-file.ts';
import { decide } from '../people/rights.ts';
import { tenantEnvironmentName } from '../plan/scope.ts';
import { type Verdict, allow, refuse } from '../refusal/verdict.ts';

/** What decides about the paths of a push to the branch that the cluster reads. */
export interface PushRights {
  readonly actor: Actor;
  readonly projectId: string;
  /** As it was before the push: nobody unlocks a door with what they bring along. */
  readonly layout: Layout;
  /** The policy of every environment that the layout or the tree knows. */
  readonly policies: ReadonlyMap<string, Pick<EnvironmentPolicy, 'pushProtection' | 'sharedPushProtection'>>;
}

/** Yes with whether a grant was needed to pass a protection, or the first path that may not be pushed. */
export type PushVerdict = { readonly verdict: Verdict; readonly passedProtection: boolean };

/** May this actor push a change of all these paths? */
export function decidePush(rights: PushRights, paths: Iterable<string>): PushVerdict {
  const { actor, projectId } = rights;
  const everywhere = decide(actor, 'push', { projectId });
  let passedProtection = false;
  for (const path of paths) {
    const one = decidePath(rights, path, everywhere);
    if (!one.verdict.allowed) return one;
    passedProtection ||= one.passedProtection;
  }
  return { verdict: allow, passedProtection };
}

const open: PushVerdict = { verdict: allow, passedProtection: false };
const closed = (verdict: Verdict): PushVerdict => ({ verdict, passedProtection: false });

function decidePath(rights: PushRights, path: string, everywhere: Verdict): PushVerdict {
  const { actor, projectId, layout, policies } = rights;
  if (path === PROJECT_FILE) {
    const admin = decide(actor, 'project', { projectId });
    return admin.allowed ? open : closed(refuse('push_project_file'));
  }
  const owner = ownerOf(layout, path);
  if (owner?.generated) return closed(refuse('push_generated', { path }));
  const { tenant, environment } = owner ?? {};
  if (tenant === undefined || environment === undefined) {
    if (!everywhere.allowed) return closed(everywhere);
    const guarding = owner && isShared(owner) ? sharedGuard(policies, environment) : undefined;
    return guarding === undefined ? open : bypass(rights, { environment: guarding }, path);
  }
  const here = decide(actor, 'push', { projectId, tenant, environment });
  if (!here.allowed) return closed(here);
  return policies.get(environment)?.pushProtection ? bypass(rights, { tenant, environment }, path) : open;
}

/** The first environment that reads this shared path and is protected from pushes of shared paths. */
const sharedGuard = (policies: PushRights['policies'], environment: string | undefined): string | undefined =>
  [...policies].find(
    ([name, policy]) => policy.sharedPushProtection && (environment === undefined || environment === name),
  )?.[0];

interface Guarded {
  readonly tenant?: string;
  readonly environment: string;
}

/** Past a protection only who was given exactly that. */
function bypass({ actor, projectId }: PushRights, guarded: Guarded, path: string): PushVerdict {
  if (decide(actor, 'push_protected', { projectId, ...guarded }).allowed)
    return { verdict: allow, passedProtection: true };
  const { tenant, environment } = guarded;
  return closed(
    tenant === undefined
      ? refuse('push_shared', { path, scope: environment })
      : refuse('push_protected', { path, scope: tenantEnvironmentName({ tenant, environment }) }),
  );
}
