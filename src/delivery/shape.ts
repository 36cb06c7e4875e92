import { suggestion } from '../std/nearest.ts';
import type { ReadMapping, ReadValue } from './read-yaml.ts';
import { deliveryFault } from './variable.ts';

/** What a value of one of our files has to look like; its `about` is what editors show. */
export type Shape =
  | {
      readonly kind: 'text';
      readonly about: string;
      readonly pattern?: string;
      /** What the pattern asks for, in words. */
      readonly looks?: string;
      readonly only?: readonly string[];
    }
  | { readonly kind: 'integer'; readonly about: string; readonly least: number; readonly most: number }
  | { readonly kind: 'list'; readonly about: string; readonly items: Shape }
  | { readonly kind: 'free'; readonly about: string }
  | MappingShape
  | {
      readonly kind: 'choice';
      readonly about: string;
      /** The key whose text says which of the shapes it is. */
      readonly by: string;
      readonly of: Readonly<Record<string, MappingShape>>;
    };

export interface MappingShape {
  readonly kind: 'mapping';
  readonly about: string;
  readonly keys: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

/** Throws delivery_invalid at the line of the first value that does not have the shape, unknown keys included. */
export function checkShape(read: ReadValue, shape: Shape, name: string): void {
  switch (shape.kind) {
    case 'text':
      return checkText(read, shape, name);
    case 'integer':
      return checkInteger(read, shape, name);
    case 'list':
      if (read.kind !== 'list') throw deliveryFault(read.at, `${name} must be a list`);
      return read.items.forEach((item, index) => checkShape(item, shape.items, `${name}[${index}]`));
    case 'free':
      if (read.kind !== 'mapping') throw deliveryFault(read.at, `${name} must be a mapping`);
      return undefined;
    case 'choice':
      return checkMapping(read, chosenShape(read, shape, name), name);
    default:
      return checkMapping(read, shape, name);
  }
}

function checkText(read: ReadValue, shape: Extract<Shape, { readonly kind: 'text' }>, name: string): void {
  const isText = read.kind === 'scalar' && read.value !== null && typeof read.value !== 'boolean';
  if (!isText || read.text === '') throw deliveryFault(read.at, `${name} must be a text`);
  const { only, pattern, looks } = shape;
  if (only && !only.includes(read.text)) throw deliveryFault(read.at, `${name} must be ${only.join(' or ')}`);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(read.text))
    throw deliveryFault(read.at, `${name} ${JSON.stringify(read.text)} ${looks ?? 'is malformed'}`);
}

function checkInteger(
  read: ReadValue,
  { least, most }: Extract<Shape, { readonly kind: 'integer' }>,
  name: string,
): void {
  const value = read.kind === 'scalar' ? read.value : undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw deliveryFault(read.at, `${name} must be a whole number from ${least} to ${most}`);
}

function chosenShape(
  read: ReadValue,
  { by, of }: Extract<Shape, { readonly kind: 'choice' }>,
  name: string,
): MappingShape {
  const names = Object.keys(of);
  const value = read.kind === 'mapping' ? read.entries.get(by)?.value : undefined;
  if (value === undefined) throw deliveryFault(read.at, `${name} needs a ${by}: ${names.join(', ')}`);
  const text = value.kind === 'scalar' ? value.text : '';
  const shape = names.includes(text) ? of[text] : undefined;
  if (shape) return shape;
  throw deliveryFault(value.at, `${name}.${by} must be one of ${names.join(', ')}`);
}

const below = (name: string, key: string): string => (name === '' ? key : `${name}.${key}`);

function checkMapping(read: ReadValue, { keys, required }: MappingShape, name: string): void {
  const what = name === '' ? 'the file' : name;
  if (read.kind !== 'mapping') throw deliveryFault(read.at, `${what} must be a mapping`);
  const names = Object.keys(keys);
  for (const [key, { at, value }] of read.entries) {
    const shape = names.includes(key) ? keys[key] : undefined;
    if (!shape) throw deliveryFault(at, `unknown key ${below(name, key)}${suggestion(key, names)}`);
    checkShape(value, shape, below(name, key));
  }
  const missing = required.find((key) => !read.entries.has(key));
  if (missing !== undefined) throw deliveryFault(read.at, `${below(name, missing)} is missing`);
}

/** The value of a key of a mapping that was checked, if it is there. */
export const valueAt = (read: ReadValue | undefined, key: string): ReadValue | undefined =>
  read?.kind === 'mapping' ? read.entries.get(key)?.value : undefined;

/** The text of a key of a mapping that was checked, if it is there. */
export function textAt(read: ReadValue | undefined, key: string): string | undefined {
  const value = valueAt(read, key);
  return value?.kind === 'scalar' ? value.text : undefined;
}

/** A key that was checked to be a mapping, if it is there. */
export function mappingAt(read: ReadValue | undefined, key: string): ReadMapping | undefined {
  const value = valueAt(read, key);
  return value?.kind === 'mapping' ? value : undefined;
}
