import type { Plan, PlannedField } from '../domain/plan/plan.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import { drive } from '../git/drive.ts';
import { literalPath, logHistory } from '../git/log-history.ts';
import { changedFields } from '../tree/fields/changes.ts';
import type { OpenedBranch } from './open-branch.ts';
import { refusing } from './refuse-git.ts';

/** A changed field with the commit that gave it its present value; fields of one commit tend to belong together. */
export interface GroupedField extends PlannedField {
  /** Null outside of any service. */
  readonly service: string | null;
  readonly commit: string | undefined;
  readonly subject: string | undefined;
}

/** How many commits are read in search of the one that changed a field last. */
const SEARCHED_COMMITS = 500;

/**
 * Says of each field of a plan which commit between target and base changed it last. A commit that is not found
 * within the last 500 that touched these files stays open.
 */
export const groupFields = refusing(
  async (opened: OpenedBranch, plan: Plan): Promise<readonly GroupedField[]> => {
    const fields = plan.services.flatMap((change) =>
      change.fields.map((field) => ({ ...field, service: change.service })),
    );
    const open = new Map(fields.map((field) => [field.address, field]));
    const found = new Map<string, Pick<GroupedField, 'commit' | 'subject'>>();
    const paths = [...new Set([...open.values()].map(({ file }) => literalPath(file)))];
    const after = plan.target === undefined ? {} : { after: plan.target };
    const range = { pathspecs: paths, ...after, limit: SEARCHED_COMMITS };
    if (paths.length > 0) {
      for await (const { oid, subject, changes } of logHistory(opened.repository, plan.base, range)) {
        const states = changes.flatMap(({ before, after }) => [before, after]);
        const texts = await drive(opened.reader, readTexts(textOids(states)));
        for (const { path, before, after } of changes) {
          const [old, now] = [texts.get(before?.oid ?? ''), texts.get(after?.oid ?? '')];
          for (const address of touched(path, old, now)) {
            const field = open.get(address);
            if (!field) continue;
            found.set(address, { commit: oid, subject });
            open.delete(address);
          }
        }
        if (open.size === 0) break;
      }
    }
    return fields.map((field) => ({
      ...field,
      ...(found.get(field.address) ?? { commit: undefined, subject: undefined }),
    }));
  },
);

function touched(path: string, before: string | undefined, after: string | undefined): string[] {
  if (before === undefined || after === undefined) return [];
  const changed = changedFields(before, after);
  return changed.kind === 'opaque' ? [] : changed.changes.map(({ address }) => `${path}${address}`);
}
