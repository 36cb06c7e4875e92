import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failPointsIn, failPointsOf } from './kit/fail-points.ts';
import { ownFiles, root } from './kit/fresh-clone.ts';

const sources = ownFiles().filter((file) => file.endsWith('.ts'));
const isTest = (file: string): boolean => file.endsWith('.test.ts');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('every fail point is one where a test lets something happen', () => {
  const points = new Set(
    sources
      .filter((file) => file.startsWith('src/') && !isTest(file))
      .flatMap((file) => failPointsIn(read(file))),
  );
  expect(points.size).toBeGreaterThan(40);
  // kill.test.ts kills the command at all that it has, and says so when it does not.
  const killed = new Set(failPointsOf(join(root, 'src/bin/cli.ts')));
  const tests = sources.filter(isTest).map(read);
  const named = (point: string): boolean => tests.some((text) => new RegExp(`['"\`]${point}\\b`).test(text));
  expect([...points].filter((point) => !killed.has(point) && !named(point))).toEqual([]);
});

test('a fail point has one name that says where it is', () => {
  const wrong = sources
    .filter((file) => file.startsWith('src/') && !isTest(file))
    .flatMap((file) =>
      failPointsIn(read(file))
        .filter((point) => !point.startsWith(`${file.split('/')[1]}.`))
        .map((point) => `${file}: ${point}`),
    );
  expect(wrong).toEqual([]);
});
