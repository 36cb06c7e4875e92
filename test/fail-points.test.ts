import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failPointsIn } from './kit/fail-points.ts';
import { faultSuites, faultTable } from './kit/fault-table.ts';
import { ownFiles, root } from './kit/fresh-clone.ts';

const sources = ownFiles().filter((file) => file.endsWith('.ts'));
const isTest = (file: string): boolean => file.endsWith('.test.ts');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const sourcePoints = new Set(
  sources
    .filter((file) => file.startsWith('src/') && !isTest(file))
    .flatMap((file) => failPointsIn(read(file))),
);

test('the table has every fail point, and no other', () => {
  expect(faultTable().map(({ point }) => point)).toHaveLength(sourcePoints.size);
  expect(
    faultTable()
      .map(({ point }) => point)
      .toSorted(),
  ).toEqual([...sourcePoints].toSorted());
});

test('every fail point is one where a test lets something happen', () => {
  expect(sourcePoints.size).toBeGreaterThan(40);
  // Suites compare the points that they reach with the table; any other test names them.
  const wrong = faultTable().flatMap(({ point, tests }) => {
    const files = [...tests.values()].flat().filter((name) => faultSuites[name] === undefined);
    if (tests.size === 0) return [`${point}: no test`];
    const named = new RegExp(`['"\`]${point}\\b`);
    return files
      .filter((file) => !existsSync(join(root, file)) || !named.test(read(file)))
      .map((file) => `${point}: not in ${file}`);
  });
  expect(wrong).toEqual([]);
  for (const file of Object.values(faultSuites)) expect(existsSync(join(root, file))).toBe(true);
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
