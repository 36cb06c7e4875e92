import type { Walk } from '../tree/object.ts';
import { kustomizationIn } from './kustomize-bases.ts';
import { type BuiltObject, buildBelow, buildNotes, finishLayer, objectsIn } from './kustomize-build.ts';
import { type KustomizeLayer, readLayer } from './kustomize-layer.ts';
import { nameOf } from './manifest-set.ts';
import { overlayNeeds } from './overlay-needs.ts';
import { kustomizationPins, servicePins } from './overlay-pins.ts';
import type { PinAnswer } from './pin-variables.ts';
import type { ServiceHead } from './service-inputs.ts';
import { type ReadSide, type SharedSides, decideSides, noPins } from './shared-sides.ts';
import { loadTexts, pathsIn, textOf } from './tree-texts.ts';

interface Built {
  readonly layer: KustomizeLayer;
  readonly input: readonly BuiltObject[];
  readonly output: readonly BuiltObject[];
}

const built = (layer: KustomizeLayer, input: readonly BuiltObject[]): Built => ({
  layer,
  input,
  // What shared files said is asked for; that the layer hands it on is no origin.
  output: finishLayer(input, layer).map((object, index) => ({
    ...object,
    origins: input[index]?.origins ?? object.origins,
  })),
});

/** The pins of a service whose own folder has a kustomization that builds on shared ones. */
export function* pinKustomization(sides: SharedSides, folder: string): Walk<PinAnswer> {
  const file = kustomizationIn(sides.after, folder);
  if (file === undefined) return noPins;
  const read: ReadSide<Built> = function* (tree, notes) {
    yield* loadTexts(tree, { files: [], folders: [folder] });
    notes.files.add(file);
    const layer = readLayer(file, textOf(tree, file) ?? '');
    return built(layer, yield* buildBelow({ tree, notes: buildNotes(notes) }, layer));
  };
  return yield* decideSides(sides, read, (after, past) => {
    const needs = overlayNeeds({ ...after.layer, ...after, past: past.output });
    return kustomizationPins({ service: sides.place.service, file }, needs);
  });
}

/** The pins of a service whose service.yaml binds it to shared manifests, or to a shared kustomization. */
export function* pinService(sides: SharedSides, { service, place }: ServiceHead): Walk<PinAnswer> {
  const { binding, image, replicas, patches, at } = service;
  if (binding.type === 'helm') return noPins;
  const { source, type } = binding;
  const images = image
    ? [{ name: image.name, newName: image.repository, newTag: image.tag, digest: image.digest }]
    : [];
  const layer: KustomizeLayer = {
    file: at.file,
    resources: type === 'kustomize' ? [source.path] : [],
    components: [],
    patches: patches.map(({ path }) => ({ path })),
    images: images.map((one) => (one.newName === one.name ? { ...one, newName: undefined } : one)),
    replicas: [],
    remote: [],
    unread: [],
  };
  const workloadOf = (objects: readonly BuiltObject[]): string | undefined => {
    if (binding.workload !== undefined || type === 'kustomize') return binding.workload ?? place.service;
    const scaled = objects.filter(({ origins }) => origins.size > 0).map(({ value }) => nameOf(value));
    return scaled.length === 1 ? scaled[0] : place.service;
  };
  const read: ReadSide<Built> = function* (tree, notes) {
    let from: readonly BuiltObject[] = [];
    if (type === 'manifests') {
      yield* loadTexts(tree, { files: [], folders: [source.path] });
      const files = pathsIn(tree, source.path).filter((path) => /\.(?:ya?ml|json)$/.test(path));
      for (const path of files) notes.files.add(path);
      from = files.flatMap((path) => objectsIn(path, textOf(tree, path) ?? ''));
    }
    const input = yield* buildBelow({ tree, notes: buildNotes(notes) }, layer, { depth: 0, onto: from });
    const name = workloadOf(input);
    const counts = replicas && name !== undefined ? [{ name, count: replicas.count }] : [];
    return built({ ...layer, replicas: counts }, input);
  };
  return yield* decideSides(sides, read, (after, past) => {
    const needs = overlayNeeds({ ...after.layer, ...after, past: past.output });
    const words = { image: image !== undefined, workload: workloadOf(after.input) };
    return servicePins({ service: place.service, file: at.file }, needs, words);
  });
}
