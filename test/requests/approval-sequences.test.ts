import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, type Theatre, act, happen, setTheStage, stateNow } from '../kit/approval-stage.ts';
import { makeHub } from '../kit/hub.ts';
import { checkInvariants } from '../kit/request-invariants.ts';
import { requestServer } from '../kit/request-server.ts';

interface Sequence {
  readonly name: string;
  readonly policy: string;
  readonly steps: readonly string[];
}

function readSequences(): readonly Sequence[] {
  const text = readFileSync(join(import.meta.dirname, 'approval-sequences.txt'), 'utf8');
  return text
    .split(/^== /m)
    .slice(1)
    .map((block) => {
      const [head = '', ...steps] = block.split('\n').filter((line) => line.trim() !== '');
      const [name = '', policy = ''] = head.split('|').map((part) => part.trim());
      return { name, policy, steps };
    });
}

const sequences = readSequences();
let theatre: Theatre & { readonly close: () => Promise<void> };

beforeAll(async () => {
  const clock = { now: Date.UTC(2026, 5, 1, 12) };
  const hub = await makeHub({ clock: () => clock.now });
  const people = {};
  const server = requestServer(hub, people);
  const close = async () => {
    await server[Symbol.asyncDispose]();
    await hub.close();
  };
  theatre = { hub, server, people, clock, close };
});

afterAll(() => theatre.close());

/** Names carry the number of their case; what people read is compared without it. */
const plain = (message: string): string => message.replaceAll(/([a-z]+)\d+@/g, '$1@');

/** Plays one step; what came out otherwise than it is written down, in words. */
async function play(stage: Stage, step: string): Promise<readonly string[]> {
  const [doing = '', expected = '2'] = step.split(' -> ');
  const words = doing.trim().split(' ');
  const [who = '', ...rest] = words;
  if (who === 'is') {
    const state = await stateNow(stage);
    return state === rest[0] ? [] : [`${step}: it is ${String(state)}`];
  }
  if (await happen(stage, words)) return [];
  // Time goes on, so that nothing depends on two things being at once.
  stage.theatre.clock.now += 1000;
  const { status, code, message, body } = await act(stage, who, rest);
  const state = typeof body['state'] === 'string' ? body['state'] : '';
  const got = `${status} ${status < 300 ? state : plain(message)}`;
  return got.startsWith(expected) ? [] : [`${step}: ${got} (${code})`];
}

test('there are at least sixty sequences', () => {
  expect(sequences.length).toBeGreaterThanOrEqual(60);
  expect(new Set(sequences.map(({ name }) => name)).size).toBe(sequences.length);
});

test.each(sequences.map((sequence, number) => ({ ...sequence, number })))(
  '$name',
  async ({ policy, steps, number }) => {
    const stage = await setTheStage(theatre, number, policy);
    const surprises: string[] = [];
    for (const step of steps) surprises.push(...(await play(stage, step)));
    expect(surprises).toEqual([]);
    await theatre.hub.store.settings.set('plan', 'enterprise');
    await checkInvariants({ ...stage, only: stage.project.id });
  },
);
