// The hub under load: the real server in a process of its own, with one hosted repository. Told by its arguments: an
// empty folder, the number of files, how many clients will come. Says on stdout, as one line of JSON, where it listens;
// ends when its stdin ends.
import { createProject } from '../../src/app/projects/create-project.ts';
import { indexHistory } from '../../src/app/projects/index-history.ts';
import { readServerSettings } from '../../src/bin/server-settings.ts';
import { startServer } from '../../src/bin/start-server.ts';
import { git } from '../../test/kit/git.ts';
import { fillBenchRepository, shapeOf } from '../make-repository.ts';
import { newcomer } from './newcomer.ts';

/** What the driver has to know. */
export interface LoadTarget {
  readonly origin: string;
  /** One for each client. */
  readonly tokens: readonly string[];
  /** Two states of the branch between which every changed service can go back and forth. */
  readonly targets: readonly [string, string];
}

const [folder = '', files = '', clients = ''] = process.argv.slice(2);

const settings = readServerSettings({ data: folder, port: '0', demo: false }, {}, folder);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const { hub, publicUrl, stop } = await startServer(settings, { version: 'load', say });
const people = await Promise.all(
  Array.from({ length: Number(clients) }, (_, index) => newcomer(hub, `client-${index}`)),
);
const [first] = people;
if (!first) throw new Error('there has to be a client');
const { project } = await createProject(hub, first.actor, { slug: 'shop' });
const dir = hub.repositories.pathOf(project.id);
await fillBenchRepository(dir, shapeOf(Number(files)));
await indexHistory(hub, project.id);
const targets = [git(dir, 'rev-list', '--max-parents=0', 'main'), git(dir, 'rev-parse', 'main')] as const;
const tokens = people.map(({ token }) => token);
const target: LoadTarget = { origin: publicUrl, tokens, targets };
process.stdout.write(`${JSON.stringify(target)}\n`);
for await (const _ of process.stdin);
await stop();
