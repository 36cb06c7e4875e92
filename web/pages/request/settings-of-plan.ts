import type { Plan } from '../../../src/contract/plan.ts';
import { settingText } from '../release/setting.ts';

/**
 * The settings of a release, as the address of its form has them, from what it planned to change; undefined where it
 * wrote whole files, or a secret that nobody is shown.
 */
export function settingsOfPlan({ services }: Pick<Plan, 'services'>): readonly string[] | undefined {
  const set: string[] = [];
  for (const { service, files, fields } of services) {
    const told = new Set(fields.map(({ file }) => file));
    if (files.some(({ path }) => !told.has(path))) return undefined;
    for (const { address, presentAfter, after, secret } of fields) {
      if (secret) return undefined;
      const text = typeof after === 'string' ? after : JSON.stringify(after);
      set.push(
        settingText({ service: service ?? '', field: address, value: presentAfter ? text : undefined }),
      );
    }
  }
  return set.length === 0 ? undefined : set;
}
