import type { Walk } from '../tree/object.ts';
import { plainValues, valuesPins } from './pin-values.ts';
import type { PinAnswer } from './pin-variables.ts';
import { type ReadSide, type SharedSides, decideSides } from './shared-sides.ts';
import { loadTexts } from './tree-texts.ts';
import { deliveryFault } from './variable.ts';
import { readValuesFiles } from './values-files.ts';
import { type ValuesLayer, valuesNeeds } from './values-needs.ts';

interface Layers {
  readonly layers: readonly ValuesLayer[];
  readonly own: string | undefined;
}

/** The pins of a service without a service.yaml, in its own values file, where shared values lie below it. */
export function* pinAdoptedValues(sides: SharedSides): Walk<PinAnswer> {
  const { layout, place } = sides;
  const read: ReadSide<Layers> = function* (tree, notes) {
    const found = yield* readValuesFiles(layout, place, tree);
    if (!found) return { layers: [], own: undefined };
    if (found.unknown !== undefined) notes.unknown.push(found.unknown);
    const files = found.layers.filter((layer) => layer.kind === 'file');
    for (const { path } of files) notes.files.add(path);
    yield* loadTexts(tree, { files: files.map(({ path }) => path), folders: [] });
    const layers = found.layers.flatMap((layer): readonly ValuesLayer[] => {
      if (layer.kind === 'inline') return [layer];
      if (tree.entries.has(layer.path)) return [plainValues(tree, layer.path)];
      if (layer.optional) return [];
      throw deliveryFault({ file: layer.path, line: 1 }, 'does not exist');
    });
    return { layers, own: found.own };
  };
  return yield* decideSides(sides, read, (after, past) => {
    const file = after.own;
    const own = after.layers.findIndex((layer) => layer.file === file);
    const needs = valuesNeeds({ after: after.layers, past: past.layers, own });
    if (file !== undefined && own >= 0) return valuesPins({ service: place.service, file, above: [] }, needs);
    const names = needs.values.map(({ keys }) => keys.join('.'));
    const reason = 'it has no values file of its own';
    return { pins: [], unpinned: names.map((name) => ({ service: place.service, name, reason })) };
  });
}
