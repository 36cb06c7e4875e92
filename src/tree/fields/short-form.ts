import { parseIdentityStep, unescapeStep } from './address.ts';

// The wrapping every workload has; people never type it.
const wrappings: readonly (readonly string[])[] = [
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['spec', 'template', 'spec'],
];

/** The form people type: `image.tag`, `containers[app].image`, `a["x.y/z"]`. */
export function shortForm(mark: string, steps: readonly string[]): string {
  const wrapping = wrappings.find(
    (wrap) => steps.length > wrap.length && wrap.every((step, index) => steps[index] === step),
  );
  const written = steps
    .slice(wrapping?.length ?? 0)
    .map(shortStep)
    .join('');
  return written === '' ? mark.slice(1) || '.' : written.replace(/^\./, '');
}

function shortStep(step: string): string {
  const identity = parseIdentityStep(step);
  if (!identity) {
    const key = unescapeStep(step);
    return /^[A-Za-z_$][\w$-]*$/.test(key)
      ? `.${key}`
      : /^\d+$/.test(key)
        ? `[${key}]`
        : `[${JSON.stringify(key)}]`;
  }
  const text = identity.text ?? identity.fields.map(([, value]) => value).join(',');
  return /^[^[\]"\s]+$/.test(text) ? `[${text}]` : `[${JSON.stringify(text)}]`;
}
