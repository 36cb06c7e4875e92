import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The fail points that the text of a module passes. */
export const failPointsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bfailPoint\('([^']+)'\)/g)]
    .map(([, point = '']) => point)
    // The doc comment of failPoint shows how one is called.
    .filter((point) => point !== 'room.step');

/** The fail points of a program: those of its own file and of every file it imports. */
export function failPointsOf(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  // Types leave nothing when they are stripped: what a command brings late is no part of the others.
  const imported = [...text.matchAll(/^(?:import|export)\b(?! type\b)[^;]*?\bfrom '(\.[^']+\.ts)'/gm)];
  return [
    ...failPointsIn(text),
    ...imported.flatMap(([, name = '']) => failPointsOf(resolve(dirname(file), name), seen)),
  ];
}
