import { Refusal } from '../domain/refusal/refusal.ts';
import { networkList } from '../outbound/address-guard.ts';

/** One value and what the person called it, for messages. */
export interface Given {
  readonly name: string;
  readonly value: string | boolean;
}

/** The refusal of a value. */
export const invalid = ({ name }: Pick<Given, 'name'>, reason: string): Refusal =>
  new Refusal('setting_invalid', { setting: name, reason });

/** On or off, in the ways that people write it. */
export function readSwitch(given: Given | undefined, otherwise: boolean): boolean {
  if (given === undefined) return otherwise;
  if (typeof given.value === 'boolean') return given.value;
  if (/^(true|on|yes|1)$/i.test(given.value)) return true;
  if (/^(false|off|no|0)$/i.test(given.value)) return false;
  throw invalid(given, `${given.value} is neither true nor false`);
}

/** The text of a value; undefined when none was given. */
export const textOf = (given: Given | undefined): string | undefined =>
  given === undefined ? undefined : String(given.value);

/** One of these. */
export function readChoice<T extends string>(
  given: Given | undefined,
  choices: readonly T[],
  otherwise: T,
): T {
  if (given === undefined) return otherwise;
  const chosen = choices.find((choice) => choice === given.value);
  if (chosen === undefined) throw invalid(given, `${String(given.value)} is none of ${choices.join(', ')}`);
  return chosen;
}

/** Items between commas or spaces. */
export const listOf = (given: Given | undefined): readonly string[] =>
  (textOf(given) ?? '').split(/[,\s]+/).filter((item) => item !== '');

/** Addresses and networks. */
export function readNetworks(given: Given | undefined): readonly string[] {
  const networks = listOf(given);
  for (const network of networks) {
    try {
      networkList([network]);
    } catch {
      throw invalid(given ?? { name: '' }, `${network} is no address and no network such as 10.0.0.0/8`);
    }
  }
  return networks;
}
