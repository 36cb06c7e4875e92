import { Refusal } from '../refusal/refusal.ts';

const FEW = 10;

/** The one name that there is to choose from. Throws `scope_missing` with the choices when there are none or several. */
export function onlyName(what: 'tenant' | 'environment', names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const [only] = distinct;
  if (only !== undefined && distinct.length === 1) return only;
  const more = distinct.length > FEW ? ', …' : '';
  const choices = `${distinct.slice(0, FEW).join(', ')}${more}` || 'none found';
  throw new Refusal('scope_missing', { option: `--${what}`, what, choices });
}
