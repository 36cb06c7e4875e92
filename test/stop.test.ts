import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentClient } from './kit/agent-client.ts';
import { makeRepository, temporaryFolder } from './kit/repository.ts';
import { runProgram } from './kit/run-program.ts';
import { startServerProcess } from './kit/server-process.ts';
import { shopHistory } from './kit/shop.ts';
import { gatherTeam, gitAddress } from './kit/team.ts';

/** More than the buffers between two processes hold: who does not read keeps the other waiting. */
const large = 16 * 1024 * 1024;

/** Begins to clone, and reads no more than the first piece of the pack. */
function hangingClone(address: string, commit: string): Promise<IncomingMessage> {
  const { origin, pathname, username, password } = new URL(address);
  const want = `want ${commit} no-progress\n`;
  const line = (text: string): string => (text.length + 4).toString(16).padStart(4, '0') + text;
  const body = `${line(want)}0000${line('done\n')}`;
  return new Promise((resolve, reject) => {
    const asked = request(`${origin}${pathname}/git-upload-pack`, {
      method: 'POST',
      auth: `${username}:${password}`,
      headers: { 'content-type': 'application/x-git-upload-pack-request' },
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      answer.on('error', () => undefined); // the server has gone
      answer.once('data', () => {
        answer.pause();
        resolve(answer);
      });
    });
    asked.end(body);
  });
}

/** Programs of this machine that were started for a folder. */
const programsOn = (folder: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return words.includes(folder) ? [words.replaceAll('\0', ' ')] : [];
      } catch {
        return []; // it has ended meanwhile
      }
    });

test(
  'Ctrl-C ends a server in good order while agents are connected, people listen and a clone hangs',
  { timeout: 180_000 },
  async (context) => {
    if (process.platform !== 'linux') {
      context.skip('only Linux tells which programs run, without a program of its own');
      return;
    }
    const data = temporaryFolder('stop');
    const server = await startServerProcess(['--no-demo', '--data', data]);
    const { olga } = await gatherTeam(server);
    await olga.api.call('createProject', { body: { slug: 'shop' } });
    const address = await gitAddress(server, olga, 'shop');
    using work = makeRepository(shopHistory, { bare: false });
    writeFileSync(join(work.dir, 'large.bin'), randomBytes(large));
    work.git('add', 'large.bin');
    work.git(
      '-c',
      'user.name=Jane',
      '-c',
      'user.email=jane@example.com',
      'commit',
      '-qm',
      'Add something large',
    );
    const pushed = await runProgram('git', ['-C', work.dir, 'push', '-q', address, 'HEAD:refs/heads/main']);
    expect(pushed).toMatchObject({ code: 0 });

    const clone = await hangingClone(address, work.git('rev-parse', 'HEAD'));
    const events = await fetch(`${server.origin}/api/v2/events`, { headers: { cookie: olga.cookie } });
    const log = (): string => readFileSync(join(data, 'server.log'), 'utf8');
    const [, agentPort] = /"agentPort":(\d+)/.exec(log()) ?? [];
    await using agent = agentClient(Number(agentPort));
    const { registration, cluster } = await olga.api.call('createCluster', { body: { name: 'eu-1' } });
    const { agentToken } = await agent.register(registration.token);
    await using stream = agent.connect(agentToken);
    const timestamp = new Date().toISOString();
    stream.send({ driftReport: { timestamp, findings: [{ id: 'one', summary: 'one' }] } });
    // What it said has come in: the hub has its stream open.
    await expect
      .poll(() => olga.api.call('getCluster', { params: { id: cluster.id } }), { timeout: 30_000 })
      .toMatchObject({ counts: { findings: 1 } });
    expect(programsOn(data).join('\n')).toContain('upload-pack');

    // What takes longer than two seconds ends without the last line of the log.
    expect(await server.end('SIGINT')).toEqual({ code: 0, signal: undefined });
    expect(log().trim().split('\n').at(-1)).toContain('"msg":"stopped"');
    expect(log()).not.toContain('"level":"error"');
    expect(await stream.ended).toMatchObject({ details: 'the hub is stopping; come again' });
    await events.body?.cancel().catch(() => undefined);
    clone.destroy();
    expect(programsOn(data)).toEqual([]);
  },
);
