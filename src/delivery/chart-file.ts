import { itemsOf } from './kustomization.ts';
import { readYaml } from './read-yaml.ts';
import { textAt, valueAt } from './shape.ts';
import { type TreeTexts, textOf } from './tree-texts.ts';
import type { At } from './variable.ts';
import { readYamlFile } from './yaml-file.ts';

/** What a chart would need and does not have in its folder. */
export interface ChartFault {
  readonly reason: string;
  readonly at: At;
}

const exactVersion = /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;

/**
 * Why a chart of the repository cannot be rendered as it lies there: charts that it builds on are never fetched, so they
 * have to be below `charts/`, in the version that it asks for. Throws delivery_invalid for a Chart.yaml that is no YAML.
 */
export function chartFault(tree: TreeTexts, folder: string): ChartFault | undefined {
  const file = `${folder}/Chart.yaml`;
  const text = textOf(tree, file);
  if (text === undefined) return { reason: `${folder} has no Chart.yaml`, at: { file: folder, line: 1 } };
  for (const item of itemsOf(valueAt(chartIn(file, text), 'dependencies'))) {
    const [name = '', version = ''] = [textAt(item, 'name'), textAt(item, 'version')];
    const there = vendoredVersion(tree, `${folder}/charts`, name);
    if (there === undefined)
      return {
        reason: `the chart builds on ${name} ${version}, which is not in ${folder}/charts and is never fetched; run: helm dependency update ${folder}`,
        at: item.at,
      };
    if (exactVersion.test(version) && there !== '' && plain(there) !== plain(version))
      return {
        reason: `the chart asks for ${name} ${version}, and ${folder}/charts has ${there}; run: helm dependency update ${folder}`,
        at: item.at,
      };
  }
  return undefined;
}

const plain = (version: string): string => version.replace(/^v/, '').replace(/\+.*$/, '');

function chartIn(path: string, text: string) {
  const [document] = readYamlFile(path, text).documents;
  return document && readYaml(document, () => ({ kind: 'plain', value: '', text: '' }));
}

/** The version of a chart below `charts/`, empty where it cannot be told; nothing when it is not there. */
function vendoredVersion(tree: TreeTexts, charts: string, name: string): string | undefined {
  const file = `${charts}/${name}/Chart.yaml`;
  const text = tree.entries.has(file) ? textOf(tree, file) : undefined;
  if (text !== undefined) return textAt(chartIn(file, text), 'version') ?? '';
  const archive = [...tree.entries.keys()].find(
    (path) => path.startsWith(`${charts}/${name}-`) && /-v?\d+\.\d+\.\d+[^/]*\.tgz$/.test(path),
  );
  return archive?.slice(`${charts}/${name}-`.length, -'.tgz'.length);
}
