import { suggestion } from '../../std/nearest.ts';
import { listScopes } from '../../domain/layout/list-scopes.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { drive } from '../../git/drive.ts';
import type { Hub } from '../hub.ts';
import { refusing } from '../refuse-git.ts';
import type { HubProject } from './hub-project.ts';
import { readLayout } from './read-layout.ts';

/** The environments of a project: those it declares, then those that are there, in the order of promotion. */
export const listEnvironments = refusing((hub: Hub, project: HubProject): Promise<readonly string[]> =>
  hub.repositories.use(project, async (at) => {
    if ((await at.tip()) === undefined) return [];
    const { tree } = await at.head();
    const { layout } = await readLayout(at.reader, tree);
    const found = await drive(at.reader, listScopes(layout, tree));
    return [...new Set([...layout.environments, ...found.map(({ environment }) => environment)])];
  }),
);

/** Throws `environment_elsewhere` for a name that is none of these; before the first push any name may become one. */
export function refuseElsewhere(environments: readonly string[], environment: string): void {
  if (environments.length === 0 || environments.includes(environment)) return;
  throw new Refusal('environment_elsewhere', {
    environment,
    suggestion: suggestion(environment, environments),
  });
}
