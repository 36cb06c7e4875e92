import type { Walk } from '../tree/object.ts';
import { helmValues, valuesIn } from './helm-values.ts';
import { pinAt } from './overlay-pins.ts';
import { plainDocuments } from './plain-documents.ts';
import type { PinAnswer } from './pin-variables.ts';
import { valueOfRead } from './read-yaml.ts';
import type { ServiceHead } from './service-inputs.ts';
import { type ReadSide, type SharedSides, decideSides, noPins } from './shared-sides.ts';
import { keyStep } from '../tree/fields/address.ts';
import { type TreeTexts, loadTexts, namedText, textOf } from './tree-texts.ts';
import { type ValuesLayer, type ValuesNeeds, valueEntry, valuesNeeds } from './values-needs.ts';

/** Where the values of a service take a pin: the file, and the keys above them in it. */
export interface ValuesPlace {
  readonly service: string;
  readonly file: string;
  readonly above: readonly string[];
}

/** What a release needs, as values of the file that is the service's own. */
export function valuesPins({ service, file, above }: ValuesPlace, needs: ValuesNeeds): PinAnswer {
  const pins = needs.values.map(({ keys, value, now, shared }) => {
    const all = [...above, ...keys];
    const steps = all.map(keyStep);
    return pinAt({ service, file }, { steps, value, shared, now, entry: valueEntry(all, value) });
  });
  return { pins, unpinned: needs.unheld.map((one) => ({ ...one, service })) };
}

/** The values of a file that nobody fills in: those of a chart, or of an adopted repository. */
export const plainValues = (tree: TreeTexts, path: string): ValuesLayer => ({
  file: path,
  value: plainDocuments(path, textOf(tree, path) ?? '')[0] ?? {},
});

/** The pins of a service whose service.yaml layers shared values over a chart: they join its own `values`. */
export function* pinServiceValues(
  sides: SharedSides,
  { service, fill, place }: ServiceHead,
): Walk<PinAnswer> {
  const { binding, at } = service;
  if (binding.type !== 'helm') return noPins;
  const chart = 'path' in binding.chart ? [`${binding.chart.path}/values.yaml`] : [];
  const read: ReadSide<readonly ValuesLayer[]> = function* (tree: TreeTexts, notes) {
    const paths = [...chart, ...binding.values.map(({ path }) => path)];
    yield* loadTexts(tree, { files: paths, folders: [] });
    for (const path of paths) notes.files.add(path);
    const defaults = chart.filter((path) => tree.entries.has(path)).map((path) => plainValues(tree, path));
    const files = binding.values.map((one) => namedText(tree, one));
    const layers = files.map((file) => ({ file: file.path, value: valuesIn(file, fill) }));
    const own = { file: at.file, value: service.values ? valueOfRead(service.values) : {} };
    const said = { file: at.file, value: helmValues({ ...service, values: undefined }, [], fill) };
    return [...defaults, ...layers, own, said];
  };
  return yield* decideSides(sides, read, (after, past) => {
    const needs = valuesNeeds({ after, past, own: after.length - 2 });
    return valuesPins({ service: place.service, file: at.file, above: ['values'] }, needs);
  });
}
