import { indexHistory } from '../../src/app/projects/index-history.ts';
import type { OpenHub } from '../../src/app/open-hub.ts';
import type { CommitLiteral } from './fast-import.ts';
import { projectWith } from './hub.ts';

const file = 'tenants/acme/production/api/service.yaml';

/** A project whose acme/production has so many deployments, indexed: release 1 is the oldest. */
export async function projectWithLongHistory(hub: OpenHub, slug: string, deployments: number): Promise<void> {
  const history = Array.from({ length: deployments }, (_, index): CommitLiteral => ({
    message: `Release ${index + 1}`,
    files: { [file]: `image:\n  tag: v${index + 1}\n` },
  }));
  const { project } = await projectWith(hub, history, { slug });
  await indexHistory(hub, project.id);
}
