import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import type { PublishedChart } from '../domain/plan/chart-hazards.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { TreeChange } from '../tree/diff-trees.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { type Mapping, isMapping } from '../tree/fields/is-mapping.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';
import { deliveryPlaces } from './delivery-places.ts';
import { plainDocuments } from './plain-documents.ts';

/** What changes in a repository, the tree it leads to, and the layout that says what is generated. */
export interface ChartChange {
  readonly changes: readonly TreeChange[];
  readonly after: Oid;
  readonly layout: Layout;
}

/** More files than this are a move of everything; the first ones stand for it. */
const mostFiles = 500;
const telling = /\bkind["']?\s*:\s*["']?Application\b|\bhelmCharts\b/;
const exactVersion = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

type Named = Omit<PublishedChart, 'file' | 'line'>;

const keyOf = ({ repository, name, version }: Named): string => JSON.stringify([repository, name, version]);

/**
 * The charts of chart repositories, each in one exact version, that changed Applications and kustomizations ask for and
 * did not before. Of a generated Application the `service.yaml` is named, for that is where a person writes it.
 */
export function* broughtCharts({ changes, after, layout }: ChartChange): Walk<readonly PublishedChart[]> {
  const wanted = changes
    .filter(({ path, after: state }) => state !== undefined && /\.(?:ya?ml|json)$/.test(path))
    .slice(0, mostFiles);
  const texts = yield* readTexts(textOids(wanted.flatMap(({ before, after: state }) => [before, state])));
  const chartsOn = (side: 'before' | 'after'): readonly PublishedChart[] =>
    wanted.flatMap(({ path, [side]: state }) => {
      const text = texts.get(state?.oid ?? '') ?? '';
      return telling.test(text)
        ? chartsIn(path, text).map((chart) => ({ ...chart, file: path, line: lineOf(text, chart) }))
        : [];
    });
  const had = new Set(chartsOn('before').map(keyOf));
  const brought = new Map(chartsOn('after').map((chart) => [keyOf(chart), chart]));
  const news = [...brought].filter(([key]) => !had.has(key)).map(([, chart]) => chart);
  return yield* atTheirSources(news, after, layout);
}

/** Whoever reads of a generated file cannot mend it there. */
function* atTheirSources(
  charts: readonly PublishedChart[],
  after: Oid,
  layout: Layout,
): Walk<readonly PublishedChart[]> {
  const places = deliveryPlaces(layout);
  const sources = charts.map(({ file }) => {
    const { generated, tenant, environment, service } = ownerOf(layout, file) ?? {};
    if (!generated || tenant === undefined || environment === undefined || service === undefined)
      return undefined;
    const folder = places?.serviceFolder({ tenant, environment, service });
    return folder === undefined ? undefined : `${folder}/service.yaml`;
  });
  const entries = yield* readPaths(
    after,
    sources.flatMap((path) => path ?? []),
  );
  const texts = yield* readTexts(textOids([...entries.values()]));
  return charts.map((chart, index) => {
    const file = sources[index];
    const text = texts.get(entries.get(file ?? '')?.oid ?? '');
    return file === undefined || text === undefined ? chart : { ...chart, file, line: lineOf(text, chart) };
  });
}

function chartsIn(path: string, text: string): readonly Named[] {
  return documentsOf(path, text).flatMap((document) => {
    if (!isMapping(document)) return [];
    const { kind, spec, helmCharts } = document;
    if (kind !== 'Application') return listOf(helmCharts).flatMap((one) => chartOf(one, inKustomization));
    if (!isMapping(spec)) return [];
    return [spec['source'] ?? null, ...listOf(spec['sources'])].flatMap((one) => chartOf(one, inApplication));
  });
}

/** What somebody else wrote and cannot be read asks for nothing. */
function documentsOf(path: string, text: string): readonly FieldValue[] {
  try {
    return plainDocuments(path, text);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

const inKustomization = { repository: 'repo', name: 'name', version: 'version' };
const inApplication = { repository: 'repoURL', name: 'chart', version: 'targetRevision' };

function chartOf(source: FieldValue, keys: typeof inApplication): readonly Named[] {
  if (!isMapping(source)) return [];
  const [repository, name, version] = [keys.repository, keys.name, keys.version].map((key) =>
    textIn(source, key),
  );
  if (repository === undefined || name === undefined || version === undefined) return [];
  // A range is no one version, and what Argo CD takes of it changes without a commit.
  return exactVersion.test(version) ? [{ repository, name, version }] : [];
}

function textIn(source: Mapping, key: string): string | undefined {
  const value = source[key];
  return typeof value === 'string' && value !== '' && !/[\s{}$]/.test(value) ? value : undefined;
}

const listOf = (value: FieldValue | undefined): readonly FieldValue[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]) : [];

/** Where the version stands; else where the chart does, as when a variable says the version. Lines count from 1. */
function lineOf(text: string, { name, version }: Named): number {
  const lines = text.split('\n');
  const find = (key: RegExp, value: string): number =>
    lines.findIndex((line) => key.test(line) && line.includes(value));
  const found = [find(/(?:version|targetRevision)["']?\s*:/, version), find(/(?:chart|name)["']?\s*:/, name)];
  return (found.find((at) => at >= 0) ?? 0) + 1;
}
