import type { Plan } from '../../../src/contract/plan.ts';
import { scalarValue } from '../../../src/tree/fields/scalar.ts';
import { settingText } from '../release/setting.ts';

type PlannedField = Plan['services'][number]['fields'][number];

/**
 * The settings of a release, as the address of its form has them, from what it planned to change; undefined where it
 * wrote whole files, a secret that nobody is shown, or a value that would be another one once it is typed.
 */
export function settingsOfPlan({ services }: Pick<Plan, 'services'>): readonly string[] | undefined {
  const set: string[] = [];
  for (const { service, files, fields } of services) {
    const told = new Set(fields.map(({ file }) => file));
    if (files.some(({ path }) => !told.has(path))) return undefined;
    for (const planned of fields) {
      const value = planned.presentAfter ? typedText(planned) : undefined;
      if (planned.secret || (planned.presentAfter && value === undefined)) return undefined;
      set.push(settingText({ service: service ?? '', field: planned.address, value }));
    }
  }
  return set.length === 0 ? undefined : set;
}

/** What a person would type for the new value. A form takes no blank text, and reads text only where there was text. */
function typedText({ before, after }: PlannedField): string | undefined {
  const text = typeof after === 'string' ? after : JSON.stringify(after);
  const read = typeof before === 'string' ? text : scalarValue(text, true, undefined);
  return text.trim() !== '' && read === after ? text : undefined;
}
