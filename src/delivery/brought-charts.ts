import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { type PublishedChart, chartLimits } from '../domain/plan/chart-hazards.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { EntryState, TreeChange } from '../tree/diff-trees.ts';
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

/** A chart repository is asked for no more of one change: an index can be long. */
const mostCharts = 10;
/** Nobody writes so many new ones into one file; the first ones stand for them. */
const mostOfFile = 100;

type Named = Pick<PublishedChart, 'repository' | 'name' | 'version'>;
type Placed = Omit<PublishedChart, 'line'>;

const keyOf = ({ repository, name, version }: Named): string => JSON.stringify([repository, name, version]);

/** What is asked for, and how many more charts come with it. */
export interface BroughtCharts {
  readonly charts: readonly PublishedChart[];
  readonly more: number;
}

/** For a change that brings none. */
export const noCharts: BroughtCharts = { charts: [], more: 0 };

/**
 * The charts of chart repositories, each in one exact version, that changed Applications and kustomizations ask for and
 * did not before. Of a generated Application the `service.yaml` is named, for that is where a person writes it.
 */
export function* broughtCharts({ changes, after, layout }: ChartChange): Walk<BroughtCharts> {
  const wanted = changes
    .filter(({ path, after: state }) => state !== undefined && /\.(?:ya?ml|json)$/.test(path))
    .slice(0, mostFiles);
  const texts = yield* readTexts(textOids(wanted.flatMap(({ before, after: state }) => [before, state])));
  const textOf = (state: EntryState | undefined): string => texts.get(state?.oid ?? '') ?? '';
  const had = new Set(wanted.flatMap(({ path, before }) => chartsIn(path, textOf(before)).map(keyOf)));
  const brought = new Map(
    wanted.flatMap(({ path, after: state }) =>
      chartsIn(path, textOf(state))
        .map((chart) => [keyOf(chart), { ...chart, file: path }] as const)
        .filter(([key]) => !had.has(key))
        .slice(0, mostOfFile),
    ),
  );
  const chosen = [...brought.values()].slice(0, mostCharts);
  const written = new Map(wanted.map(({ path, after: state }) => [path, textOf(state)]));
  const sources = yield* sourcesOf(chosen, after, layout);
  return { charts: withLines(chosen, written, sources), more: brought.size - chosen.length };
}

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** For each chart the `service.yaml` that it was generated from: whoever reads of a generated file cannot mend it there. */
function* sourcesOf(
  charts: readonly Placed[],
  after: Oid,
  layout: Layout,
): Walk<readonly (SourceFile | undefined)[]> {
  const places = deliveryPlaces(layout);
  const files = charts.map(({ file }) => {
    const { generated, tenant, environment, service } = ownerOf(layout, file) ?? {};
    if (!generated || tenant === undefined || environment === undefined || service === undefined)
      return undefined;
    const folder = places?.serviceFolder({ tenant, environment, service });
    return folder === undefined ? undefined : `${folder}/service.yaml`;
  });
  const entries = yield* readPaths(
    after,
    files.flatMap((path) => path ?? []),
  );
  const texts = yield* readTexts(textOids([...entries.values()]));
  return files.map((file) => {
    const text = texts.get(entries.get(file ?? '')?.oid ?? '');
    return file === undefined || text === undefined ? undefined : { file, text };
  });
}

/** Each file is taken apart once. */
function withLines(
  charts: readonly Placed[],
  written: ReadonlyMap<string, string>,
  sources: readonly (SourceFile | undefined)[],
): readonly PublishedChart[] {
  const known = new Map<string, readonly string[]>();
  return charts.map((chart, index) => {
    const { file, text } = sources[index] ?? { file: chart.file, text: written.get(chart.file) ?? '' };
    const lines = known.get(file) ?? text.split('\n');
    known.set(file, lines);
    return { ...bounded(chart), file, line: lineOf(lines, chart) };
  });
}

/** What is too long to be asked for stays so: one character more than a question may have is kept. */
const bounded = ({ repository, name, version }: Named): Named => ({
  repository: repository.slice(0, chartLimits.repository + 1),
  name: name.slice(0, chartLimits.name + 1),
  version: version.slice(0, chartLimits.version + 1),
});

function chartsIn(path: string, text: string): readonly Named[] {
  if (!telling.test(text)) return [];
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
function lineOf(lines: readonly string[], { name, version }: Named): number {
  const find = (key: RegExp, value: string): number =>
    lines.findIndex((line) => key.test(line) && line.includes(value));
  const found = [find(/(?:version|targetRevision)["']?\s*:/, version), find(/(?:chart|name)["']?\s*:/, name)];
  return (found.find((at) => at >= 0) ?? 0) + 1;
}
