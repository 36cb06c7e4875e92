import { Refusal } from '../domain/refusal/refusal.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { type ManifestValue, kindOf } from './manifest-set.ts';
import { readYaml, valueOfRead } from './read-yaml.ts';
import { readYamlFile } from './yaml-file.ts';

/** The objects of Kubernetes in a file, named or not. What somebody else wrote and cannot be read holds none. */
export function objectsIn(path: string, text: string | undefined): readonly ManifestValue[] {
  if (text === undefined) return [];
  try {
    return readYamlFile(path, text).documents.flatMap((document) => {
      const value = valueOfRead(readYaml(document, () => ({ kind: 'plain', value: '', text: '' })));
      return isMapping(value) && kindOf(value) !== '' ? [value] : [];
    });
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
