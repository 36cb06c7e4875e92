import { listScopes } from '../domain/layout/list-scopes.ts';
import type { PinEntry, Unpinned } from '../domain/pin/pin.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { type AskedVariables, asking } from './asked-variables.ts';
import type { ServicePlace } from './delivery-places.ts';
import { type VariableSets, effectiveVariables } from './effective-variables.ts';
import { generateService } from './generate-service.ts';
import { type NeededPins, neededPins } from './needed-pins.ts';
import type { Generator } from './regenerate.ts';
import { type ScopeFile, readServiceHeads, readServiceInputs, variableSets } from './service-inputs.ts';
import { type TreeTexts, loadTexts, treeTexts } from './tree-texts.ts';

/** Whose shared variables are to stay as they were at a target. */
export interface PinQuestion {
  readonly tenant: string;
  readonly environment: string;
  /** All services when absent. */
  readonly service: string | undefined;
  /** The sources as they would be without pins, and those of the target. */
  readonly after: Oid;
  readonly target: Oid;
  /** Only these variables, if it says so. */
  readonly names?: ReadonlySet<string> | undefined;
}

/** What holds the values of the target, and what cannot be held. */
export interface PinAnswer {
  readonly pins: readonly PinEntry[];
  readonly unpinned: readonly Unpinned[];
}

/**
 * The pins with which the services of a scope are generated from the variables of the target: for each one, the
 * variables that it asks for and whose shared value has changed since. No other service reads a pin.
 */
export function* pinVariables(generator: Generator, question: PinQuestion): Walk<PinAnswer> {
  const { layout } = generator;
  const { tenant, environment, service } = question;
  const [after, target] = [treeTexts(question.after), treeTexts(question.target)];
  const found = yield* listScopes(layout, question.after, { tenant, environment, service });
  const services = found.flatMap((scope) => scope.services);
  const answers: PinAnswer[] = [];
  for (const name of services) {
    const place = { tenant, environment, service: name };
    answers.push(yield* pinsOf(generator, question, { place, after, target }));
  }
  return {
    pins: answers.flatMap(({ pins }) => pins),
    unpinned: answers.flatMap(({ unpinned }) => unpinned),
  };
}

interface Sides {
  readonly place: ServicePlace;
  readonly after: TreeTexts;
  readonly target: TreeTexts;
}

const none: PinAnswer = { pins: [], unpinned: [] };

function* pinsOf(generator: Generator, { names }: PinQuestion, sides: Sides): Walk<PinAnswer> {
  const { place, after, target } = sides;
  const files = generator.places.variableFiles(place);
  const shared = files.filter(({ scope }) => scope !== 'service');
  const own = files.find(({ scope }) => scope === 'service')?.path;
  const paths = files.map(({ path }) => path);
  yield* loadTexts(after, { files: paths, folders: [] });
  yield* loadTexts(target, { files: paths, folders: [] });
  if (own === undefined || shared.every((file) => isSame(file, sides))) return none;
  try {
    const now = variableSets(after, files);
    const past: VariableSets = { ...variableSets(target, shared), service: now.service ?? new Map() };
    const asked = yield* askedOf(generator, { ...sides, past });
    const needed = neededPins(asked.all(), { now, past });
    return answerOf(names ? only(needed, names) : needed, { service: place.service, file: own });
  } catch (error) {
    // What cannot be generated is refused where it is to be written, with file and line; it needs no pins.
    if (error instanceof Refusal) return none;
    throw error;
  }
}

const isSame = ({ path }: ScopeFile, { after, target }: Sides): boolean =>
  after.entries.get(path)?.oid === target.entries.get(path)?.oid;

/** Generates the service from what it is now and the variables of the target, and notes what it asks for. */
function* askedOf(
  generator: Generator,
  { place, after, past }: Sides & { readonly past: VariableSets },
): Walk<AskedVariables> {
  const asked = asking(effectiveVariables(past));
  const answer = (sets: VariableSets) => asked.answer(effectiveVariables(sets));
  const heads = yield* readServiceHeads(after, { places: generator.places, answer }, [place]);
  for (const inputs of yield* readServiceInputs(after, generator.layout, heads))
    generateService(inputs, generator);
  return asked;
}

const only = ({ variables, outOfReach }: NeededPins, names: ReadonlySet<string>): NeededPins => ({
  variables: variables.filter(({ key }) => names.has(key)),
  outOfReach: outOfReach.filter(({ name }) => names.has(name)),
});

function answerOf(
  { variables, outOfReach }: NeededPins,
  { service, file }: { readonly service: string; readonly file: string },
): PinAnswer {
  return {
    pins: variables.map(({ key, value, entry, shared, now }) => ({
      service,
      file,
      address: `#/${key}`,
      name: key,
      value,
      shared,
      now,
      entry,
    })),
    unpinned: outOfReach.map((one) => ({ ...one, service })),
  };
}
