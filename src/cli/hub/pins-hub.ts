import { Refusal } from '../../domain/refusal/refusal.ts';
import { scopeName } from '../../domain/plan/scope.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { valueText } from '../field-value.ts';
import type { OutputFormat } from '../output-option.ts';
import type { CommandContext } from '../program.ts';
import type { TypedField } from '../release-words.ts';
import { ago } from './ago.ts';
import type { HubContext } from './config.ts';
import { connectTo, projectOf } from './connect.ts';
import { type Column, printList } from './print-list.ts';
import { type HubReleaseOptions, type Released, releaseHub } from './release-hub.ts';

/** A pin as the wire tells it. */
export type Pin = ResultOf<'listPins'>['items'][number];

/** Whose pins are asked for; what is left out means all. */
export interface PinPlace {
  readonly tenant?: string;
  readonly environment?: string;
  readonly service?: string;
}

const textOf = (value: unknown): string => (value === null ? '' : valueText(value));

const columns = (context: CommandContext): readonly Column<Pin>[] => [
  { title: 'WHERE', cell: ({ tenant, environment }) => `${tenant}/${environment}` },
  { title: 'PIN', cell: ({ service, name }) => `${service}:${name}` },
  { title: 'PINNED', cell: ({ value }) => textOf(value) },
  { title: 'SHARED NOW', cell: ({ sharedNow }) => textOf(sharedNow) },
  { title: 'ROLLBACK TO', cell: ({ target }) => target },
  { title: 'AGE', cell: ({ since }) => ago(context.hub, since?.at ?? null) },
  { title: 'COMMIT', cell: ({ since }) => since?.commit ?? '', wide: true },
  { title: 'SHARED FILE', cell: ({ shared }) => shared, wide: true },
  { title: 'FILE', cell: ({ file, line }) => `${file}:${line}`, wide: true },
];

/** Prints pins as lists are printed. */
export function printPins(
  context: CommandContext,
  pins: readonly Pin[],
  output: OutputFormat | undefined,
): void {
  const nameOf = ({ service, name }: Pin): string => `${service}:${name}`;
  printList(context.terminal, pins, { output, columns: columns(context), nameOf, none: 'Nothing is pinned' });
}

/** The pins of a project on a server. */
export async function readPinsHub(
  context: CommandContext,
  chosen: HubContext,
  { tenant, environment, service }: PinPlace,
): Promise<readonly Pin[]> {
  const connection = await connectTo(context, chosen);
  const query = {
    ...(tenant === undefined ? {} : { tenant }),
    ...(environment === undefined ? {} : { environment }),
    ...(service === undefined ? {} : { service }),
  };
  const { items } = await connection.client.call('listPins', {
    params: { slug: projectOf(connection) },
    query,
  });
  return items;
}

/**
 * By its name, or by its address with its file. What a rollback wrote may be all that a key holds by now, and then goes
 * away with that key, whose address is the shorter one.
 */
const isNamed = ({ name, address }: Pick<Pin, 'name' | 'address'>, field: string): boolean =>
  name === field || address === field || field.startsWith(`${address}/`);

/** Named pins as the fields of a release that unsets them. Throws `pin_unknown` for what is no pin there. */
export function unpinned(
  pins: readonly Pick<Pin, 'service' | 'name' | 'address'>[],
  named: readonly TypedField[],
  place: PinPlace,
): Released {
  const fields = named.map(({ service = place.service, field }) => {
    const found = pins.find((one) => one.service === service && isNamed(one, field));
    if (found) return { service: found.service, field: found.address, remove: true as const };
    const pin = service === undefined ? field : `${service}:${field}`;
    const { tenant = '?', environment = '?' } = place;
    throw new Refusal('pin_unknown', { pin, scope: scopeName({ tenant, environment, service: undefined }) });
  });
  return { fields };
}

/** `knowngood pins remove` on a server: a release that unsets the pins. */
export async function removePinsHub(
  context: CommandContext,
  chosen: HubContext,
  {
    options,
    named,
  }: { readonly options: HubReleaseOptions & PinPlace; readonly named: readonly TypedField[] },
): Promise<void> {
  const pins = await readPinsHub(context, chosen, options);
  return releaseHub(context, chosen, { options, released: unpinned(pins, named, options) });
}
