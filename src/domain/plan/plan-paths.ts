import type { Plan, SourceEdit } from './plan.ts';

type Decisions = Pick<Plan, 'sources' | 'services'>;

/** Which file each field is in; an address alone does not tell, for a path may hold `@` and `#` itself. */
const filesOf = ({ services }: Decisions): ReadonlyMap<string, string> =>
  new Map(services.flatMap(({ fields }) => fields.map(({ address, file }) => [address, file] as const)));

function pathOf(edit: SourceEdit, files: ReadonlyMap<string, string>): string {
  return edit.kind === 'file' ? edit.path : (files.get(edit.address) ?? edit.address);
}

/** The paths that a plan decides about, each once, sorted. */
export function pathsOf(plan: Decisions): readonly string[] {
  const files = filesOf(plan);
  return [...new Set(plan.sources.map((edit) => pathOf(edit, files)))].toSorted();
}

/** The paths about which two plans for the same question differ, sorted. */
export function movedPaths(before: Decisions, now: Decisions): readonly string[] {
  const files = new Map([...filesOf(before), ...filesOf(now)]);
  const keys = (plan: Decisions) => new Set(plan.sources.map((edit) => JSON.stringify(edit)));
  const [old, fresh] = [keys(before), keys(now)];
  const moved = [...before.sources, ...now.sources].filter((edit) => {
    const key = JSON.stringify(edit);
    return !old.has(key) || !fresh.has(key);
  });
  return [...new Set(moved.map((edit) => pathOf(edit, files)))].toSorted();
}
