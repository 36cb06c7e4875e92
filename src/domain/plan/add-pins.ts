import type { EntryState } from '../../tree/diff-trees.ts';
import type { Pin, PinEntry, Unpinned } from '../pin/pin.ts';
import { saysTheSame, writePins } from '../pin/write-pins.ts';
import { impactOf } from './impact.ts';
import type { Hazard, Plan, PlannedField, PlannedFile, ServiceChange } from './plan.ts';
import { plannedFile } from './plan-parts.ts';

/** A file that gets pins: as it is, as the target has it, and with the rest of the plan carried out. */
export interface PinnedFile {
  readonly path: string;
  readonly before: EntryState | undefined;
  readonly past: EntryState | undefined;
  readonly now: string | undefined;
  readonly after: string | undefined;
}

/** Pins that a rollback is to write, and what cannot be pinned. */
export interface PinWish {
  readonly pins: readonly PinEntry[];
  readonly unpinned: readonly Unpinned[];
  readonly files: readonly PinnedFile[];
}

/**
 * The plan of a rollback with pins: their lines join what it writes and what the digest binds. A file that says the
 * same already stays as it is.
 */
export function addPins(plan: Plan, { pins, unpinned, files }: PinWish): Plan {
  const target = plan.target ?? '';
  const unwritten = [...unpinned];
  let result = plan;
  for (const file of files) {
    const own = pins.filter((pin) => pin.file === file.path);
    const { text, written, unpinned: left } = writePins(file.after, own, target);
    unwritten.push(...left);
    if (text === undefined || written.length === 0) continue;
    const stays = saysTheSame(file.now, text);
    result = stays ? withoutFile(result, file) : withFile(result, { file, text, pins: written });
  }
  const services = result.services.filter(({ files }) => files.length > 0);
  const hazards = [...result.hazards, ...notPinned(unwritten)];
  const edits = services.length === 0 ? [] : result.edits;
  return { ...result, services, edits, hazards, impact: impactOf(services) };
}

interface Pinned {
  readonly file: PinnedFile;
  readonly text: string;
  readonly pins: readonly PinEntry[];
}

function withFile(plan: Plan, { file, text, pins }: Pinned): Plan {
  const { path, before, past } = file;
  const mode = before?.mode ?? past?.mode ?? '100644';
  const change = before === undefined ? 'added' : 'modified';
  const planned: PlannedFile = { ...plannedFile({ path, before, after: past }), change };
  const shown = pins.map(pinOf);
  const service = shown[0]?.service ?? null;
  const written = { kind: 'write', path, mode, text } as const;
  return {
    ...plan,
    edits: [...plan.edits.filter((edit) => edit.path !== path), written],
    sources: [
      ...plan.sources,
      ...shown.map((pin) => ({ kind: 'field', ...fieldOf(pin), after: pin.value }) as const),
    ],
    services: inService(plan.services, service, (group) => ({
      ...group,
      files: [...group.files.filter((one) => one.path !== path), planned],
      fields: withPinned(group.fields, { service }, shown),
    })),
    pins: [...(plan.pins ?? []), ...shown],
  };
}

/** What the target has there goes with the pin, and that is what is there now. */
function withoutFile(plan: Plan, { path, now, before }: PinnedFile): Plan {
  const edits = plan.edits.filter((edit) => edit.path !== path);
  const mode = before?.mode ?? '100644';
  const folder = edits.some((edit) => path.startsWith(`${edit.path}/`));
  return {
    ...plan,
    // A folder that is put whole would bring the file of the target.
    edits: folder && now !== undefined ? [...edits, { kind: 'write', path, mode, text: now }] : edits,
    sources: plan.sources.filter((edit) => edit.kind !== 'file' || edit.path !== path),
    services: plan.services.map((group) => ({
      ...group,
      files: group.files.filter((one) => one.path !== path),
      fields: group.fields.filter(({ file }) => file !== path),
    })),
  };
}

function inService(
  services: readonly ServiceChange[],
  service: string | null,
  edit: (group: ServiceChange) => ServiceChange,
): readonly ServiceChange[] {
  if (services.some((group) => group.service === service))
    return services.map((group) => (group.service === service ? edit(group) : group));
  const added = edit({ service, files: [], fields: [] });
  return [...services, added].toSorted((a, b) =>
    a.service === null || b.service === null
      ? Number(a.service === null) - Number(b.service === null)
      : a.service < b.service
        ? -1
        : 1,
  );
}

const pinOf = ({ entry: _entry, ...pin }: PinEntry): Pin => pin;

const fieldOf = (pin: Pin): PlannedField => ({
  file: pin.file,
  address: `${pin.file}${pin.address}`,
  field: pin.name,
  before: undefined,
  after: pin.value,
  secret: false,
});

/** The fields of a service with its pins among them; what a pin replaces keeps the value that it has now. */
export function withPinned(
  fields: readonly PlannedField[],
  { service }: Pick<ServiceChange, 'service'>,
  pins: readonly Pin[] = [],
): readonly PlannedField[] {
  const pinned = pins.filter((pin) => pin.service === service).map(fieldOf);
  const addresses = new Set(pinned.map(({ address }) => address));
  const before = new Map(fields.map((field) => [field.address, field.before]));
  return [
    ...fields.filter(({ address }) => !addresses.has(address)),
    ...pinned.map((field) => ({ ...field, before: before.get(field.address) })),
  ];
}

function notPinned(unpinned: readonly Unpinned[]): readonly Hazard[] {
  return unpinned.map(({ service, name, reason }) => ({
    code: 'not_pinned',
    message: `${service === null ? '' : `${service}: `}${name} cannot be pinned: ${reason}`,
    blocking: false,
    paths: [],
  }));
}
