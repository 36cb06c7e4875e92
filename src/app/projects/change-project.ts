import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { SourceRule } from '../../domain/deployment/source-rule.ts';
import { branchRef } from '../../git/branch.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { refusing } from '../refuse-git.ts';
import { fetchStateOf, saveFetchState } from './fetch-state.ts';
import { fetchUpstream } from './fetch-upstream.ts';
import { demandWholeProject } from './get-project.ts';
import { type HubProject, isElsewhere } from './hub-project.ts';
import { requireUpstream } from './reach-upstream.ts';
import { type UpstreamInput, upstreamParts } from './upstream-input.ts';
import { openSecrets, sealSecrets } from './upstream-secrets.ts';
import { type ProjectView, viewProject } from './view-project.ts';

/** What is absent stays as it is. */
export interface ProjectChange {
  readonly slug: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly sourceRules?: readonly SourceRule[] | undefined;
  readonly upstream?: UpstreamInput | undefined;
}

/**
 * Changes the settings of a project. Another upstream is fetched before it is kept. Throws `changed_meanwhile`,
 * `not_connected`, or why the upstream was not reached.
 */
export const changeProject = refusing(
  async (hub: Hub, actor: Actor, change: ProjectChange): Promise<ProjectView> => {
    const before = await demandWholeProject(hub, actor, change.slug);
    const after = changed(hub, before, change);
    if (change.upstream) await hub.repositories.use(after, (at) => at.fetch());
    await hub.store.tx(async (tx) => {
      if (!(await tx.projects.change(after)))
        throw new Refusal('changed_meanwhile', { what: `project ${change.slug}` });
      if (isElsewhere(before, after)) await forgetFollowed(tx, after.id);
      await recordChange(tx, actor, {
        at: after.updatedAt,
        action: 'project.changed',
        object: { type: 'project', id: after.id },
        projectId: after.id,
        details: {
          changed: Object.keys(change).filter((name) => name !== 'slug'),
          upstream: after.settings.upstream?.url ?? null,
        },
      });
    });
    const saved = { ...after, version: after.version + 1 };
    if (change.upstream) await fetchUpstream(hub, saved);
    hub.wake('index');
    return viewProject(hub, actor, saved);
  },
);

/** What is at another upstream, or another branch, was not pushed there since the hub looked last. */
const forgetFollowed = async (tx: TransactionTables, id: string): Promise<void> =>
  saveFetchState(tx, id, {
    ...(await fetchStateOf(tx, id)),
    followed: undefined,
    unfollowed: undefined,
    unfollowedWhy: undefined,
  });

function changed(hub: Hub, before: HubProject, change: ProjectChange): HubProject {
  const { name, description, sourceRules, upstream } = change;
  const { settings } = before;
  const next: HubProject = {
    ...before,
    name: name ?? before.name,
    updatedAt: hub.clock(),
    settings: {
      ...settings,
      description: description ?? settings.description,
      sourceRules: sourceRules ?? settings.sourceRules,
    },
  };
  if (!upstream) return next;
  const present = { settings: requireUpstream(before), secrets: openSecrets(hub.seal, before) };
  const parts = upstreamParts(upstream, present);
  const branch = upstream.branch ?? settings.branch;
  branchRef(branch);
  return {
    ...next,
    settings: { ...next.settings, branch, upstream: parts.settings },
    sealedCredentials: sealSecrets(hub.seal, before.id, parts.secrets),
  };
}
