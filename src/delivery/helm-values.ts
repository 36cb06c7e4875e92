import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import type { SourceFile } from './manifest-set.ts';
import { type Fill, readYaml, valueOfRead } from './read-yaml.ts';
import type { ServiceFile } from './service-file.ts';
import { readYamlFile } from './yaml-file.ts';

/** Later values win, mappings are merged, lists replaced, and null stays: in a chart it takes a default away. */
export function layerValues(lower: FieldValue, upper: FieldValue): FieldValue {
  if (!isMapping(lower) || !isMapping(upper)) return upper;
  const result = new Map(Object.entries(lower));
  for (const [key, value] of Object.entries(upper)) {
    const below = result.get(key);
    result.set(key, below === undefined ? value : layerValues(below, value));
  }
  return Object.fromEntries(result);
}

/** The values of a chart: its files, then those of service.yaml, then image, replicas and resources, named as charts do. */
export function helmValues(service: ServiceFile, files: readonly SourceFile[], fill: Fill): FieldValue {
  const { image, replicas, resources, values } = service;
  const parts: FieldValue[] = files.map((file) => valuesIn(file, fill));
  if (values) parts.push(valueOfRead(values));
  if (image) {
    const { repository, tag, digest } = image;
    parts.push({
      image: {
        repository,
        ...(tag === undefined ? {} : { tag }),
        ...(digest === undefined ? {} : { digest }),
      },
    });
  }
  if (replicas) parts.push({ replicaCount: replicas.count });
  if (resources) parts.push({ resources: valueOfRead(resources) });
  return parts.reduce(layerValues, {});
}

/** The values that a file says, its placeholders filled. Throws delivery_invalid for what is no mapping. */
export function valuesIn({ path, text }: SourceFile, fill: Fill): FieldValue {
  const file = readYamlFile(path, text);
  const [first, second] = file.documents;
  if (second) throw file.fault(second.root.range?.[0], 'holds more than one document');
  if (!first) return {};
  const value = valueOfRead(readYaml(first, fill));
  if (!isMapping(value)) throw file.fault(0, 'values must be a mapping');
  return value;
}
