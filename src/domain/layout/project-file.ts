import type { Document } from 'yaml';
import { type ArgoCdSettings, readArgoCd } from './argocd-settings.ts';
import { type KeepPattern, parseKeep } from '../plan/keep.ts';
import { type Layout, type TemplateSource, defaultTemplates, makeLayout } from './layout.ts';
import { Refusal } from '../refusal/refusal.ts';
import { type LineOf, parseLocated, refuseUnknownKeys } from './unknown-keys.ts';

/** What `knowngood.yaml` says, checked. */
export interface Project {
  readonly layout: Layout;
  readonly keep: readonly KeepPattern[];
  /** Whether Knowngood makes the generated paths, in the commit that changes what they are made from. */
  readonly generator: boolean;
  readonly argocd: ArgoCdSettings | undefined;
  /**
   * What becomes of a push that leaves generated files stale: they are made in a commit on top of it, or it is refused.
   * Where nothing is said, hosted projects generate, and nothing is pushed to the upstream of connected ones.
   */
  readonly stalePushes?: StalePushes | undefined;
}

export type StalePushes = 'generate' | 'refuse';

/** The file at the root of a branch that tells where things are. */
export const PROJECT_FILE = 'knowngood.yaml';

const LIMIT_CHARACTERS = 65_536;
const keys = ['apiVersion', 'kind', 'environments', 'layout', 'generator', 'stalePushes', 'argocd', 'keep'];

const refuse = (reason: string): Refusal => new Refusal('project_invalid', { reason });

type Mapping = Readonly<Record<string, unknown>>;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readMapping(text: string): { readonly file: Mapping; readonly lineOf: LineOf } {
  if (text.length > LIMIT_CHARACTERS) throw refuse('longer than 65,536 characters');
  const { document, lineOf } = parseLocated(text);
  const [error] = document.errors;
  if (error) throw refuse(error.message.split('\n')[0] ?? 'is not YAML');
  const value = valueOf(document);
  if (!isMapping(value)) throw refuse('must be a mapping');
  return { file: value, lineOf };
}

/** An alias without an anchor, or too many of them, is found out only here. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : 'cannot be read');
  }
}

function listOf<T>(value: unknown, name: string, read: (item: unknown, index: number) => T): T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw refuse(`${name} must be a list`);
  return value.map((item, index) => read(item, index));
}

const readName = (name: string) => (item: unknown) => {
  if (typeof item !== 'string' || item === '') throw refuse(`${name} must be a list of names`);
  return item;
};

const readTemplate =
  (lineOf: LineOf) =>
  (item: unknown, index: number): TemplateSource => {
    if (typeof item === 'string') return { path: item };
    if (!isMapping(item) || typeof item['path'] !== 'string') throw refuse('each layout entry needs a path');
    const generated = item['generated'] ?? false;
    if (typeof generated !== 'boolean') throw refuse(`generated of ${item['path']} must be true or false`);
    const where = ` in the layout entry ${item['path']}`;
    refuseUnknownKeys(item, { path: ['layout', index], known: ['path', 'generated'], where }, lineOf);
    return { path: item['path'], generated };
  };

/** Reads the text of knowngood.yaml. Throws project_invalid or layout_invalid with one clear line. */
export function readProject(text: string): Project {
  const { file, lineOf } = readMapping(text);
  if (file['apiVersion'] !== 'knowngood.dev/v1') throw refuse('apiVersion must be knowngood.dev/v1');
  if (file['kind'] !== 'Project') throw refuse('kind must be Project');
  refuseUnknownKeys(file, { path: [], known: keys, where: '' }, lineOf);
  const environments = listOf(file['environments'], 'environments', readName('environments'));
  const templates = listOf(file['layout'], 'layout', readTemplate(lineOf));
  const keep = listOf(file['keep'], 'keep', readName('keep')).map(parseKeep);
  const generator = file['generator'] ?? false;
  if (typeof generator !== 'boolean') throw refuse('generator must be true or false');
  const { stalePushes } = file;
  if (stalePushes !== undefined && stalePushes !== 'generate' && stalePushes !== 'refuse')
    throw refuse('stalePushes must be generate or refuse');
  const layout = makeLayout(templates.length > 0 ? templates : defaultTemplates, environments);
  return { layout, keep, generator, argocd: readArgoCd(file['argocd'], lineOf), stalePushes };
}
