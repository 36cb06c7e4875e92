import { spawn } from 'node:child_process';
import { once } from 'node:events';

const tenants = 20;
const environments = ['dev', 'staging', 'production'];
const services = 10;
/** The history lasts so long, up to now. */
const years = 5;

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

const fileOf = (index: number): string => {
  const service = index % services;
  const place = Math.floor(index / services);
  const environment = environments[place % environments.length] ?? '';
  return `tenants/tenant-${Math.floor(place / environments.length)}/${environment}/service-${service}/service.yaml`;
};

const files = tenants * environments.length * services;

const put = (index: number, tag: string): string =>
  `M 100644 inline ${fileOf(index)}\n${data(`kind: Service\nimage: { repository: ghcr.io/example/service-${index % services}, tag: ${tag} }\nreplicas: 3\n`)}`;

/** One release of one service in each commit, and now and then of three, by a bot that names a person. */
function* stream(commits: number): Generator<string> {
  const step = (years * 365.25 * 86_400) / commits;
  const start = Math.floor(Date.now() / 1000 - step * commits);
  for (let number = 0; number < commits; number += 1) {
    const message = `Release service-${number % services} v1.${number}.0 (#${number})\n\nCo-authored-by: Jane Doe <jane@example.com>\n`;
    yield `commit refs/heads/main\ncommitter release-bot <bot@example.com> ${Math.floor(start + step * number)} +0000\n${data(message)}`;
    // By a prime, so that releases do not go round in the order of the folders.
    const first = (number * 389) % files;
    if (number === 0) for (let index = 0; index < files; index += 1) yield put(index, 'v0.0.0');
    else
      for (let more = 0; more < (number % 10 === 0 ? 3 : 1); more += 1)
        yield put((first + more) % files, `v1.${number}.0`);
  }
}

/** Fills an empty bare repository with a straight history of so many commits, by `git fast-import`. */
export async function fillHistory(dir: string, commits: number): Promise<void> {
  const child = spawn('git', ['--git-dir', dir, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit');
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (!child.stdin.write(waiting.join(''))) await once(child.stdin, 'drain');
    waiting = [];
  };
  for (const piece of stream(commits)) if (waiting.push(piece) >= 2000) await flush();
  await flush();
  child.stdin.end();
  const [code] = (await ended) as [number];
  if (code !== 0) throw new Error('git fast-import failed');
}
