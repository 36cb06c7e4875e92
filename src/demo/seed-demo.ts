import { setTimeout } from 'node:timers/promises';
import type { Hub } from '../app/hub.ts';
import { changeProject } from '../app/projects/change-project.ts';
import { createProject } from '../app/projects/create-project.ts';
import { deleteProject } from '../app/projects/delete-project.ts';
import { indexHistory } from '../app/projects/index-history.ts';
import type { ProjectSettings } from '../app/projects/hub-project.ts';
import type { SourceRule } from '../domain/deployment/source-rule.ts';
import { playStory, storyHub } from './play-story.ts';
import { shopStory } from './shop-story.ts';
import { gatherCast } from './story-cast.ts';

const slug = 'shop';
const about = 'A demo. Everything in it until the first start of this server is a story, its times too.';
const mark = 'demo.shop';
const days = 86_400_000;
/** Longer than the demo takes on any machine; a server that dies at it holds up others for so long. */
const leaseFor = 30_000;

/** How projects tell releases and promotions by the messages of their commits. */
const sourceRules: readonly SourceRule[] = [
  { source: 'release', message: 'release *' },
  { source: 'promotion', message: 'promote *' },
];

/**
 * Makes the project `shop` with two weeks of history and its people, in a hub that has no project yet. Doing it again
 * changes nothing; what a crash left half made is put aside and made anew. `note` is told what was done, in a line.
 */
export async function seedDemo(hub: Hub, note: (line: string) => void): Promise<void> {
  await aloneWithDemo(hub, async () => {
    const { settings, projects } = hub.store;
    const state = await settings.get<'started' | 'done'>(mark);
    if (state === 'done') return;
    const present = await projects.list<ProjectSettings>();
    const halfMade =
      state === 'started' && present.every((project) => project.settings.description === about);
    if (present.length > 0 && !halfMade) return;
    await settings.set(mark, 'started');
    await makeShop(hub, present.length > 0);
    await settings.set(mark, 'done');
    note(`Made the demo project ${slug}, with ${shopStory.length} steps of history.`);
  });
}

/** Servers that share a database do not make it twice. A file belongs to one server: nobody else can be at it. */
async function aloneWithDemo(hub: Hub, work: () => Promise<void>): Promise<void> {
  if (hub.store.kind === 'sqlite') return work();
  for (;;) {
    const now = hub.clock();
    const lease = await hub.store.leases.acquire(mark, hub.instance, { now, until: now + leaseFor });
    if (lease) {
      try {
        return await work();
      } finally {
        await hub.store.leases.release(lease);
      }
    }
    await setTimeout(200);
  }
}

async function makeShop(real: Hub, again: boolean): Promise<void> {
  const ends = real.clock();
  const story = storyHub(real, ends - 14 * days);
  const { hub } = story;
  const actAs = await gatherCast(hub);
  const projectId = await actAs('admin', async (admin) => {
    if (again) await deleteProject(hub, admin, { slug, confirm: slug });
    const { project } = await createProject(hub, admin, { slug, name: 'Shop', description: about });
    await changeProject(hub, admin, { slug, sourceRules });
    return project.id;
  });
  await playStory(story, shopStory, { slug, actAs, ends });
  await indexHistory(real, projectId);
}
