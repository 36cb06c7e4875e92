import type { FieldValue } from '../../tree/fields/change.ts';
import { readText } from '../../tree/fields/field-text.ts';
import { createInterner } from '../../tree/fields/node-builder.ts';
import { valueOf } from '../../tree/fields/value.ts';
import { type Mapping, isMapping } from '../../tree/fields/is-mapping.ts';
import { type ImageName, readImageName } from './image-name.ts';

/** An image that files ask for. Where they name a tag alone, as values of a chart may, the repository is undefined. */
export interface ExpectedImage extends Omit<ImageName, 'repository'> {
  readonly repository: string | undefined;
}

interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** An unquoted 2.0 is the number 2 to some who read it, and the text to others. */
const isDoubtful = (text: string): boolean => Number.isFinite(Number(text)) && String(Number(text)) !== text;

/** A text as everybody reads it: no template, and no number that could be written otherwise. */
const textIn = (mapping: Mapping, key: string): string | undefined => {
  const value = mapping[key];
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' && !/[{}$]/.test(text) && !isDoubtful(text)
    ? text
    : undefined;
};

/** Every document of a text; none where it cannot be read as fields. Never throws. */
function documentsOf(text: string): readonly FieldValue[] {
  const reading = readText(text, createInterner());
  return reading.kind === 'read' ? reading.read.documents.map(({ root }) => valueOf(root.node)) : [];
}

/** `image: { registry, repository, tag, digest }`, as charts and service files have it. */
function ofParts(parts: Mapping): ExpectedImage[] {
  const [registry, repository] = [textIn(parts, 'registry'), textIn(parts, 'repository')];
  const [tag, digest] = [textIn(parts, 'tag'), textIn(parts, 'digest')];
  if (tag === undefined && digest === undefined) return [];
  if (repository === undefined) return [{ repository: undefined, tag, digest }];
  const named = readImageName(registry === undefined ? repository : `${registry}/${repository}`);
  return named ? [{ ...named, tag: tag ?? named.tag, digest: digest ?? named.digest }] : [];
}

function* expectedIn(value: FieldValue | undefined): Generator<ExpectedImage> {
  if (Array.isArray(value)) for (const item of value as readonly FieldValue[]) yield* expectedIn(item);
  if (!isMapping(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'image' && typeof member === 'string') {
      const named = readImageName(member);
      if (named) yield named;
    } else if (key === 'image' && isMapping(member)) yield* ofParts(member);
    else yield* expectedIn(member);
  }
}

const kustomization = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

interface Override extends ExpectedImage {
  /** What it stands in for. */
  readonly of: string;
}

/** `images:` of a kustomization: new names and tags for images that other files name. */
function overridesIn(document: FieldValue): Override[] {
  const images = isMapping(document) ? document['images'] : undefined;
  if (!Array.isArray(images)) return [];
  return (images as readonly FieldValue[]).flatMap((entry) => {
    if (!isMapping(entry)) return [];
    const of = readImageName(textIn(entry, 'name') ?? '');
    const named = readImageName(textIn(entry, 'newName') ?? textIn(entry, 'name') ?? '');
    if (!of || !named) return [];
    const [tag, digest] = [textIn(entry, 'newTag'), textIn(entry, 'digest')];
    return [{ of: of.repository, repository: named.repository, tag, digest }];
  });
}

/**
 * The images that the files of an Application ask for, each once: those of pod templates, of values and service files,
 * and of kustomizations, which come before what they stand in for. What is made elsewhere, such as by a chart of a
 * registry, is not among them.
 */
export function expectedImages(files: readonly NamedText[]): readonly ExpectedImage[] {
  const overrides: Override[] = [];
  const found: ExpectedImage[] = [];
  for (const { path, text } of files)
    for (const document of documentsOf(text)) {
      if (kustomization.test(path)) overrides.push(...overridesIn(document));
      else found.push(...expectedIn(document));
    }
  const replaced = new Set(overrides.map(({ of }) => of));
  const kept = found.filter(({ repository }) => repository === undefined || !replaced.has(repository));
  const named = overrides.flatMap(({ of, ...image }) => {
    if (image.tag !== undefined || image.digest !== undefined) return [image];
    // A new name alone keeps the tag of what it stands in for.
    return found
      .filter(({ repository }) => repository === of)
      .map(({ tag, digest }) => ({ repository: image.repository, tag, digest }));
  });
  return [...kept, ...named].filter(({ tag, digest }) => tag !== undefined || digest !== undefined);
}
