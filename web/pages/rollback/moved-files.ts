import type { Plan } from '../../../src/contract/plan.ts';

type Changes = Pick<Plan, 'services'>;

/** Path and content of each decision. */
const decisions = ({ services }: Changes): readonly (readonly [string, string])[] =>
  services.flatMap(({ files, fields }) => [
    ...files.map((file) => [file.path, JSON.stringify(file)] as const),
    ...fields.map((field) => [field.file, JSON.stringify(field)] as const),
  ]);

/** The files about which two plans for the same question differ, each once, sorted. */
export function movedFiles(seen: Changes, now: Changes): readonly string[] {
  const [before, after] = [decisions(seen), decisions(now)];
  const [old, fresh] = [before, after].map((each) => new Set(each.map(([, text]) => text)));
  const moved = [
    ...before.filter(([, text]) => fresh?.has(text) !== true),
    ...after.filter(([, text]) => old?.has(text) !== true),
  ];
  return [...new Set(moved.map(([path]) => path))].toSorted();
}
