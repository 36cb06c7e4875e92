import type { Client } from '../../contract/client.ts';
import type { CommandContext } from '../program.ts';
import { startProgress } from '../progress.ts';
import { count } from '../count.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { pauses } from './pauses.ts';

/** Waits until the deployments of a project are indexed, with progress. Throws `index_failed`. */
export async function awaitIndex(
  { terminal, hub }: CommandContext,
  client: Client,
  slug: string,
): Promise<number> {
  using progress = startProgress(terminal, 'Indexing the deployments…');
  for (const pause of pauses()) {
    const { state, indexed, total, error } = await client.call('getIndexProgress', { params: { slug } });
    if (state === 'failed') throw new Refusal('index_failed', { project: slug, reason: error ?? 'unknown' });
    if (state === 'idle') return indexed;
    const of = total === null ? '' : ` of ${count(total, 'commit')}`;
    progress.show(`Indexing the deployments… ${indexed}${of}`);
    await hub.sleep(pause);
  }
  return 0;
}
