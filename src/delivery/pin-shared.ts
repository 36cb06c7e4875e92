import { type Layout } from '../domain/layout/layout.ts';
import { listScopes } from '../domain/layout/list-scopes.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Oid, Walk } from '../tree/object.ts';
import type { ServicePlace } from './delivery-places.ts';
import { kustomizationIn } from './kustomize-bases.ts';
import { pinAdoptedValues } from './pin-adopted-values.ts';
import { pinKustomization, pinService } from './pin-overlay.ts';
import { pinServiceValues } from './pin-values.ts';
import type { PinAnswer } from './pin-variables.ts';
import type { Generator } from './regenerate.ts';
import { serviceFolders } from './service-folders.ts';
import { type ServiceHead, readServiceHeads } from './service-inputs.ts';
import type { SharedSides } from './shared-sides.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';

/** Whose images and replicas are to stay as they were at a target. */
export interface SharedQuestion {
  readonly layout: Layout;
  readonly generator: Generator | undefined;
  readonly tenant: string;
  readonly environment: string;
  /** All services when absent. */
  readonly service: string | undefined;
  /** The sources as they would be without pins, and these with all that is not of the scope as the target has it. */
  readonly after: Oid;
  readonly past: Oid;
}

/**
 * The pins with which images and replicas of a scope stay as the shared files of the target gave them: bases of
 * kustomizations, and values of charts. Each stands in a file that is the service's own.
 */
export function* pinShared(question: SharedQuestion): Walk<PinAnswer> {
  const { layout, tenant, environment, service } = question;
  if (question.after === question.past) return { pins: [], unpinned: [] };
  const [after, past] = [treeTexts(question.after), treeTexts(question.past)];
  const found = yield* listScopes(layout, question.after, { tenant, environment, service });
  const places = found.flatMap(({ services }) =>
    services.map((name) => ({ tenant, environment, service: name })),
  );
  yield* loadTexts(after, { files: [], folders: places.flatMap((place) => serviceFolders(layout, place)) });
  const answers: PinAnswer[] = [];
  for (const place of places) answers.push(yield* pinsOf(question.generator, { layout, place, after, past }));
  return {
    pins: answers.flatMap(({ pins }) => pins),
    unpinned: answers.flatMap(({ unpinned }) => unpinned),
  };
}

function* pinsOf(generator: Generator | undefined, sides: SharedSides): Walk<PinAnswer> {
  const head = generator ? yield* headOf(generator, sides) : undefined;
  if (head === 'refused') return { pins: [], unpinned: [] };
  if (head) return yield* boundPins(sides, head);
  const folders = serviceFolders(sides.layout, sides.place);
  const folder = folders.find((path) => kustomizationIn(sides.after, path) !== undefined);
  return folder === undefined ? yield* pinAdoptedValues(sides) : yield* pinKustomization(sides, folder);
}

function* boundPins(sides: SharedSides, head: ServiceHead): Walk<PinAnswer> {
  const { binding, image, replicas } = head.service;
  if (binding.type === 'helm') return yield* pinServiceValues(sides, head);
  const source = binding.source.path;
  // What service.yaml says itself counts more than the kustomization below it.
  const free = binding.type === 'kustomize' && image === undefined && replicas === undefined;
  const folders = serviceFolders(sides.layout, sides.place);
  return free && folders.some((folder) => `${source}/`.startsWith(`${folder}/`))
    ? yield* pinKustomization(sides, source)
    : yield* pinService(sides, head);
}

/** What cannot be generated is refused where it is to be written, with file and line; it needs no pins. */
function* headOf(
  generator: Generator,
  { after, place }: { readonly after: SharedSides['after']; readonly place: ServicePlace },
): Walk<ServiceHead | 'refused' | undefined> {
  try {
    const [head] = yield* readServiceHeads(after, generator, [place]);
    return head;
  } catch (error) {
    if (error instanceof Refusal) return 'refused';
    throw error;
  }
}
