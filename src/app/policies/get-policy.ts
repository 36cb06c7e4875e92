import { type Actor, personOf } from '../../domain/people/actor.ts';
import { type PolicyVersion, defaultPolicy } from '../../domain/policy/policy.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { decide, decideSomewhere } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { listEnvironments, refuseElsewhere } from '../projects/list-environments.ts';

/** A policy version of a project, with the account that made it as it is named now. */
export interface PolicyView extends PolicyVersion {
  /** The slug of its project. */
  readonly project: string;
  readonly changer:
    { readonly id: string; readonly name: string; readonly email: string | undefined } | undefined;
}

export interface PolicyName {
  readonly slug: string;
  readonly environment: string;
}

/** What holds where nobody has said anything. */
const initial = (environment: string): PolicyVersion => ({
  environment,
  version: 0,
  policy: defaultPolicy,
  changedBy: undefined,
  changedAt: 0,
});

/** The policy of an environment: the present version, or the default. */
export const policyNow = async (
  tables: Pick<Tables, 'policies'>,
  projectId: string,
  environment: string,
): Promise<PolicyVersion> => (await tables.policies.latest(projectId, environment)) ?? initial(environment);

/** Names whoever made a version of a project's policy, to those who may know of members, and to themselves. */
export async function viewPolicy(
  tables: Pick<Tables, 'accounts'>,
  actor: Actor,
  version: Omit<PolicyView, 'changer'>,
): Promise<PolicyView> {
  const { changedBy } = version;
  if (changedBy !== personOf(actor) && !decide(actor, 'read').allowed)
    return { ...version, changedBy: undefined, changer: undefined };
  const account = changedBy === undefined ? undefined : await tables.accounts.get(changedBy);
  const { id, name, email } = account ?? { id: changedBy ?? '', name: changedBy ?? '', email: undefined };
  return { ...version, changer: changedBy === undefined ? undefined : { id, name, email } };
}

/** One version of an environment's policy; the present one unless told otherwise. Throws `environment_elsewhere`. */
export async function getPolicy(
  hub: Hub,
  actor: Actor,
  input: PolicyName & { readonly version?: number | undefined },
): Promise<PolicyView> {
  const project = await findProject(hub.store, actor, input.slug);
  demand(decideSomewhere(actor, 'read', project.id));
  const { environment } = input;
  const latest = await policyNow(hub.store, project.id, environment);
  if (latest.version === 0) refuseElsewhere(await listEnvironments(hub, project), environment);
  const wanted = input.version ?? latest.version;
  const view = (version: PolicyVersion) =>
    viewPolicy(hub.store, actor, { ...version, project: project.slug });
  if (wanted === latest.version) return view(latest);
  if (wanted === 0) return view(initial(environment));
  const history = await hub.store.policies.history(project.id, environment, latest.version);
  const found = history.find(({ version }) => version === wanted);
  if (!found) throw new Refusal('not_visible', { what: 'this version of the policy' });
  return view(found);
}

/** The present policy of every environment of a project. */
export async function listPolicies(
  hub: Hub,
  actor: Actor,
  input: Pick<PolicyName, 'slug'>,
): Promise<readonly PolicyView[]> {
  const project = await findProject(hub.store, actor, input.slug);
  demand(decideSomewhere(actor, 'read', project.id));
  const views: PolicyView[] = [];
  for (const environment of await listEnvironments(hub, project)) {
    const latest = await policyNow(hub.store, project.id, environment);
    views.push(await viewPolicy(hub.store, actor, { ...latest, project: project.slug }));
  }
  return views;
}
