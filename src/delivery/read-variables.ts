import { type Node, type Pair, isAlias, isMap, isScalar } from 'yaml';
import type { Refusal } from '../domain/refusal/refusal.ts';
import { keyPattern } from './placeholder.ts';
import { type Variable, type VariableScope, type VariableValue, deliveryFault } from './variable.ts';
import { readYamlFile } from './yaml-file.ts';

/** A variables file and the scope that its place in the layout gives it. */
export interface VariablesFile {
  readonly file: string;
  readonly scope: VariableScope;
  readonly text: string;
}

const LIMIT_CHARACTERS = 262_144;
const LIMIT_VARIABLES = 2_000;

/** The variables of one file, by key. Throws delivery_invalid, which names the line. */
export function readVariables({ file, scope, text }: VariablesFile): ReadonlyMap<string, Variable> {
  if (text.length > LIMIT_CHARACTERS)
    throw deliveryFault({ file, line: 1 }, 'is longer than 262,144 characters');
  const { documents, fault, lineAt } = readYamlFile(file, text);
  const found = new Map<string, Variable>();
  const [first, second] = documents;
  if (second) throw fault(second.root.range?.[0], 'holds more than one document');
  const contents = first?.root;
  if (contents === undefined || (isScalar(contents) && contents.value === null)) return found;
  if (!isMap<Node, Node | null>(contents))
    throw fault(contents.range?.[0], 'must be a mapping of names to values');
  if (contents.items.length > LIMIT_VARIABLES)
    throw fault(contents.range?.[0], 'holds more than 2,000 variables');
  for (const pair of contents.items) {
    const { key, offset, value } = readPair(pair, fault);
    found.set(key, { key, value, scope, file, line: lineAt(offset) });
  }
  return found;
}

type Fault = (offset: number | undefined, reason: string) => Refusal;

function readPair(
  { key: name, value }: Pair<Node, Node | null>,
  fault: Fault,
): { readonly key: string; readonly offset: number | undefined; readonly value: VariableValue } {
  const offset = name.range?.[0];
  const key = isScalar(name) && typeof name.value === 'string' ? name.value : undefined;
  if (key === undefined || !keyPattern.test(key))
    throw fault(offset, 'a variable is named by letters, digits, _ and -, and begins with a letter or _');
  return { key, offset, value: readValue(key, value, { offset, fault }) };
}

interface Where {
  readonly offset: number | undefined;
  readonly fault: Fault;
}

function readValue(key: string, node: Node | null, { offset, fault }: Where): VariableValue {
  if (isAlias(node)) throw fault(offset, `${key} is an alias; write its value out`);
  if (isMap(node)) {
    const secret = secretOf(node.toJSON());
    if (secret) return secret;
    // Unquoted, `{{hq.var.KEY}}` is a mapping in a mapping.
    const [only] = node.items;
    const name = node.flow === true && isMap<Node>(only?.key) ? only.key.items[0]?.key : undefined;
    if (isScalar(name)) {
      const found = `{{${String(name.value)}}}`;
      throw fault(offset, `${key}: YAML reads ${found} as a mapping; write "${found}", in quotes`);
    }
    throw fault(offset, `${key} must be a single value, or { secretRef: { name: …, key: … } }`);
  }
  if (node === null || (isScalar(node) && node.value === null))
    throw fault(offset, `${key} has no value; write "" for an empty text`);
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string') {
    if (!value.isWellFormed())
      throw fault(offset, `${key} holds half of a character, which cannot be written`);
    return { kind: 'plain', value, text: value };
  }
  if (typeof value === 'boolean') return { kind: 'plain', value, text: String(value) };
  if (isScalar(node) && typeof value === 'number' && Number.isFinite(value))
    return { kind: 'plain', value, text: node.source ?? String(value) };
  throw fault(offset, `${key} must be a text, a number, true or false`);
}

const secretNames = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
const secretKeys = /^[-._a-zA-Z0-9]{1,253}$/;

function secretOf(value: unknown): VariableValue | undefined {
  const outer = onlyKeys(value, ['secretRef']);
  const { name, key } = onlyKeys(outer?.['secretRef'], ['name', 'key']) ?? {};
  if (typeof name !== 'string' || typeof key !== 'string') return undefined;
  return secretNames.test(name) && secretKeys.test(key) ? { kind: 'secret', name, key } : undefined;
}

function onlyKeys(value: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value).every((key) => keys.includes(key)) && Object.keys(value).length === keys.length
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
