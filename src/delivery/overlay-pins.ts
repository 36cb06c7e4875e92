import type { PinEntry, Unpinned } from '../domain/pin/pin.ts';
import { bracketText } from '../tree/fields/address.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { shortForm } from '../tree/fields/short-form.ts';
import { writeKey, writeValue } from '../tree/fields/wished-value.ts';
import type { PinAnswer } from './pin-variables.ts';
import type { ImageNeed, OverlayNeeds, ReplicaNeed } from './overlay-needs.ts';

/** The file that takes the pins of a service. */
export interface PinPlace {
  readonly service: string;
  readonly file: string;
}

const style = { json: false, quote: undefined } as const;

/** A value on one line, so that the comment behind it is about all of it. */
export const onOneLine = (entries: Readonly<Record<string, FieldValue>>): string =>
  `{ ${Object.entries(entries)
    .map(([key, value]) => `${writeKey(key, style)}: ${writeValue(value, style)}`)
    .join(', ')} }`;

interface Written extends Pick<PinEntry, 'value' | 'shared' | 'now' | 'entry'> {
  readonly steps: readonly string[];
}

/** A pin at these steps of a file. */
export const pinAt = ({ service, file }: PinPlace, { steps, ...rest }: Written): PinEntry => ({
  service,
  file,
  address: `#/${steps.join('/')}`,
  name: shortForm('', steps),
  ...rest,
});

const unpinnedOf = ({ service }: PinPlace, { unheld }: OverlayNeeds): readonly Unpinned[] =>
  unheld.map((one) => ({ ...one, service }));

/** What an overlay needs, as entries of its kustomization. */
export function kustomizationPins(place: PinPlace, needs: OverlayNeeds): PinAnswer {
  return {
    pins: [
      ...needs.images.flatMap((need) => imagePins(place, need)),
      ...needs.replicas.map((need) => replicaPin(place, need)),
    ],
    unpinned: unpinnedOf(place, needs),
  };
}

function imagePins(place: PinPlace, { entry, joins, now, shared }: ImageNeed): readonly PinEntry[] {
  const { name, ...keys } = entry;
  const said = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  const item = `[name=${bracketText(name)}]`;
  const whole = { name, ...Object.fromEntries(said) };
  if (!joins)
    return [
      pinAt(place, {
        steps: ['images', item],
        value: whole,
        entry: `images:\n  - ${onOneLine(whole)}`,
        shared,
        now,
      }),
    ];
  return said.map(([key, value]) =>
    pinAt(place, {
      steps: ['images', item, key],
      value,
      entry: `images:\n  - name: ${writeValue(name, style)}\n    ${key}: ${writeValue(value, style)}`,
      shared,
      now,
    }),
  );
}

const replicaPin = (place: PinPlace, { entry: { name, count }, now, shared }: ReplicaNeed): PinEntry =>
  pinAt(place, {
    steps: ['replicas', `[name=${bracketText(name)}]`],
    value: { name, count },
    entry: `replicas:\n  - ${onOneLine({ name, count })}`,
    shared,
    now,
  });

/** What service.yaml says already, and which workload its `replicas` are for. */
export interface ServiceWords {
  readonly image: boolean;
  readonly workload: string | undefined;
}

/** What a service needs, as `image` and `replicas` of its service.yaml, which has room for one of each. */
export function servicePins(place: PinPlace, needs: OverlayNeeds, words: ServiceWords): PinAnswer {
  const unpinned = [...unpinnedOf(place, needs)];
  const pins: PinEntry[] = [];
  const [image, other] = needs.images;
  const room =
    other === undefined && (image?.joins === true ? image.entry.newName === undefined : !words.image);
  if (image && room) pins.push(...serviceImage(place, image));
  else
    for (const { entry } of needs.images)
      unpinned.push({
        service: place.service,
        name: entry.name,
        reason: 'service.yaml has room for one image',
      });
  for (const { entry, now, shared } of needs.replicas)
    if (entry.name === words.workload)
      pins.push(
        pinAt(place, {
          steps: ['replicas'],
          value: entry.count,
          entry: `replicas: ${String(entry.count)}`,
          shared,
          now,
        }),
      );
    else {
      const reason = 'replicas of service.yaml are for another workload';
      unpinned.push({ service: place.service, name: `replicas of ${entry.name}`, reason });
    }
  return { pins, unpinned };
}

function serviceImage(place: PinPlace, { entry, joins, now, shared }: ImageNeed): readonly PinEntry[] {
  const { name, newName, newTag, digest } = entry;
  const version = {
    ...(newTag === undefined ? {} : { tag: newTag }),
    ...(digest === undefined ? {} : { digest }),
  };
  if (joins)
    return Object.entries(version).map(([key, value]) =>
      pinAt(place, {
        steps: ['image', key],
        value,
        entry: `image:\n  ${key}: ${writeValue(value, style)}`,
        shared,
        now,
      }),
    );
  const value = { ...(newName === undefined ? {} : { name }), repository: newName ?? name, ...version };
  return [pinAt(place, { steps: ['image'], value, entry: `image: ${onOneLine(value)}`, shared, now })];
}
