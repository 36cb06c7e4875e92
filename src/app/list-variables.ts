import { generatorOf } from '../delivery/regenerate.ts';
import { type ServiceVariable, type VariablesOf, serviceVariables } from '../delivery/service-variables.ts';
import type { Variable } from '../delivery/variable.ts';
import type { Layout } from '../domain/layout/layout.ts';
import type { Project } from '../domain/layout/project-file.ts';
import { checkScope } from '../domain/plan/check-scope.ts';
import { drive } from '../git/drive.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import type { Oid } from '../tree/object.ts';

/** A tree whose variables are asked for, and what it says about itself. */
export interface VariableSource {
  readonly reader: ObjectReader;
  readonly tree: Oid;
  readonly layout: Layout;
  /** Absent where nothing describes the repository but templates: then nothing is generated. */
  readonly project: Project | undefined;
}

/** What a variable is set to and where. A secret is named, never looked up: `value` is null. */
export interface SetVariable extends Pick<Variable, 'scope' | 'file' | 'line'> {
  /** As it stands in a text; a number as it was written. */
  readonly value: string | null;
  readonly type: 'string' | 'number' | 'boolean' | 'secret';
  readonly secretRef: { readonly name: string; readonly key: string } | null;
}

/** What a variable is for one service, and what farther scopes say that it overrides, nearest first. */
export interface ListedVariable extends SetVariable {
  readonly service: string;
  readonly key: string;
  readonly overrides: readonly SetVariable[];
}

/** `complete` is false where more services have variables than are told at once. */
export interface ListedVariables {
  readonly variables: readonly ListedVariable[];
  readonly complete: boolean;
}

/**
 * What variables are in a place of a tree, each with where it is set; none where nothing is generated. Throws the
 * refusal of a place that is not there, or delivery_invalid.
 */
export async function listVariables(
  { reader, tree, layout, project }: VariableSource,
  { tenant, environment, service }: VariablesOf,
): Promise<ListedVariables> {
  const where = { tenant, environment, service };
  await drive(reader, checkScope(layout, tree, where));
  const generator = project && generatorOf(project);
  if (!generator) return { variables: [], complete: true };
  const { variables, complete } = await drive(reader, serviceVariables(generator, tree, where));
  return { variables: variables.map(listed), complete };
}

const listed = ({ service, value, origin, overrides }: ServiceVariable): ListedVariable => ({
  service,
  key: origin.key,
  ...setTo({ ...origin, value }),
  overrides: overrides.map(setTo),
});

function setTo({ value, scope, file, line }: Variable): SetVariable {
  const at = { scope, file, line };
  if (value.kind === 'plain') return { value: value.text, type: typeOf(value.value), secretRef: null, ...at };
  return { value: null, type: 'secret', secretRef: { name: value.name, key: value.key }, ...at };
}

const typeOf = (value: string | number | boolean): 'string' | 'number' | 'boolean' =>
  typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'boolean';
