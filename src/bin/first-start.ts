import type { Hub } from '../app/hub.ts';
import { seedDemo } from '../demo/seed-demo.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { ServerSettings } from './server-settings.ts';

/** What a database is for. `new`: nobody is in it yet. */
type Purpose = 'new' | 'demo' | 'work';

/** Set once in a database that holds the demo: nobody may take it for a real one later. */
const demoMark = 'demo';

async function purposeOf({ store }: Hub): Promise<Purpose> {
  if ((await store.settings.get<boolean>(demoMark)) === true) return 'demo';
  return (await store.accounts.any()) ? 'work' : 'new';
}

/**
 * True when this server runs for show: its data has the demo, or is new and gets it. Throws `data_is_demo` where a
 * server for work is asked for on data of the demo.
 */
export async function decideDemo(
  hub: Hub,
  { demo, dataDir }: Pick<ServerSettings, 'demo' | 'dataDir'>,
): Promise<boolean> {
  const purpose = await purposeOf(hub);
  if (purpose === 'demo' && !demo) throw new Refusal('data_is_demo', { path: dataDir });
  if (purpose === 'work' || !demo) return false;
  await hub.store.tx((tx) => tx.settings.setOnce(demoMark, true));
  return true;
}

/** Makes the demo where it is not there yet; `say` hears of it before and after. */
export async function prepareDemo(hub: Hub, say: (line: string) => void): Promise<void> {
  if (!(await hub.store.accounts.any())) say('First start: making a demo project…');
  await seedDemo(hub, say);
}
