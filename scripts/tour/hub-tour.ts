import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readServerSettings } from '../../src/bin/server-settings.ts';
import { type RunningServer, startServer } from '../../src/bin/start-server.ts';
import { runLine } from './run-line.ts';

/** What to know, and the lines to type; `{id}` is the request of the step before. */
interface HubStep {
  readonly says: string;
  readonly lines: readonly string[];
}

const shop = '-p shop -t acme -e production';

const steps: readonly HubStep[] = [
  {
    says: `Jane is on call and may ask, Bob may approve. Each signs in; here both do, on one machine, as two contexts.`,
    lines: [
      'echo jane-demo | knowngood login http://localhost:7420 --name jane -e jane@example.com --password-stdin',
      'echo bob-demo | knowngood login http://localhost:7420 --name bob -e bob@example.com --password-stdin',
    ],
  },
  {
    says: 'What changed last in `acme/production`, and what would going back change? Jane looks, and asks for it.',
    lines: [
      `knowngood history ${shop} -n 3 --context jane`,
      `knowngood rollback ${shop} -s api-gateway --dry-run --context jane`,
      `knowngood rollback ${shop} -s api-gateway -m 'v2.1.0 answers 500' --yes --context jane`,
    ],
  },
  {
    says: `Bob sees the same change, bound by its digest, and says yes. That completes the quorum: it is committed. With
\`--wait\` the command ends when the cluster, a simulated one here, is seen to be well again.`,
    lines: ["knowngood approve {id} --comment 'seen it too' --yes --wait --context bob"],
  },
  {
    says: `The history says what became of both, and the bad image may not come back for a week, unless somebody lifts the
hold with a reason. \`knowngood evidence {id}\` puts reason, difference, votes and commit on one page.`,
    lines: [`knowngood history ${shop} -n 2 --context jane`, 'knowngood hold -p shop --context jane'],
  },
];

/** The tour of a hub as README.md shows it: real commands against a real server with its demo, and their real output. */
export async function recordHubTour(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'knowngood-hub-tour-'));
  const settings = readServerSettings({ data: join(folder, 'data'), port: '0', log: '-' }, {}, '/');
  const silent = { ...settings, logLevel: 'silent' } as const;
  try {
    const server = await startServer(silent, { version: '0.1.0', say: () => undefined });
    try {
      await clusterSpeaks(server.hub);
      return await play(server.publicUrl, { KNOWNGOOD_CONFIG: join(folder, 'config.json') });
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The cluster of the demo comes a moment after the server; what commands say depends on it. */
async function clusterSpeaks({ store }: RunningServer['hub']): Promise<void> {
  for (;;) {
    const [cluster] = await store.clusters.list({ limit: 1 });
    if (cluster && (await store.clusterApplications.of(cluster.id)).length > 0) return;
    await setTimeout(100);
  }
}

/** The same for every run: without what is drawn by lot, or depends on when it ran. */
export const withoutChance = (text: string): string =>
  text
    .replaceAll(/\b(rbk-|usr_|hld-)[0-9A-Z]{26}\b/g, '$1…')
    .replaceAll(/\b([0-9a-f]{40}|[0-9a-f]{8})\b/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '…')
    .replaceAll(/\b\d+(s|m|h|d)\b */g, '…');

/** README.md with this tour between its marks; the tour that is there stays when it differs by chance alone. */
export function withHubTour(readme: string, tour: string): string {
  const marks = /(<!-- hub-tour:start[^\n]*-->\n)([\s\S]*?)(<!-- hub-tour:end -->)/;
  const [, , shown = ''] = marks.exec(readme) ?? [];
  if (shown === '') throw new Error('README.md has lost the marks of the tour of a hub');
  if (withoutChance(shown) === withoutChance(`\n${tour}\n`)) return readme;
  return readme.replace(marks, (_, start: string, _old: string, end: string) => `${start}\n${tour}\n${end}`);
}

async function play(origin: string, env: Readonly<Record<string, string>>): Promise<string> {
  const usual = 'http://localhost:7420';
  const texts: string[] = [];
  let id = '';
  for (const { says, lines } of steps) {
    const parts: string[] = [];
    for (const step of lines) {
      const line = step.replaceAll('{id}', id);
      const output = (await runLine(line.replace(usual, origin), env)).replaceAll(origin, usual);
      id = /\brbk-[0-9A-Z]{26}\b/.exec(output)?.[0] ?? id;
      parts.push(`$ ${line}\n${output}`);
    }
    texts.push(`${says.replaceAll('{id}', id)}\n\n\`\`\`console\n${parts.join('\n')}\`\`\`\n`);
  }
  return texts.join('\n');
}
