import { type Layout } from '../domain/layout/layout.ts';
import { type PlaceholderName, type Template, hasPlaceholder } from '../domain/layout/template.ts';
import { type VariableScope } from './variable.ts';

/** One service in one tenant-environment. A name that the layout lacks is `default`. */
export interface ServicePlace {
  readonly tenant: string;
  readonly environment: string;
  readonly service: string;
}

/** Where a layout keeps what the generator reads and writes. Paths are those of files and folders of the repository. */
export interface DeliveryPlaces {
  readonly serviceFolder: (place: ServicePlace) => string | undefined;
  readonly environmentFile: (place: ServicePlace) => string | undefined;
  readonly variableFiles: (
    place: ServicePlace,
  ) => readonly { readonly scope: VariableScope; readonly path: string }[];
  /** The folder that is written. */
  readonly output: (place: ServicePlace) => string | undefined;
  /** The file of the Argo CD Application, where the layout has one. */
  readonly application: (place: ServicePlace) => string | undefined;
}

/** `undefined` when the layout has no generated folder that is a service's own: then nothing can be generated. */
export function deliveryPlaces(layout: Layout): DeliveryPlaces | undefined {
  const names = [...layout.placeholders];
  const whole = layout.templates.filter((template) => names.every((name) => hasPlaceholder(template, name)));
  const outputs = whole.filter(({ generated, rest }) => generated && rest);
  if (outputs.length === 0 || !layout.placeholders.has('service')) return undefined;
  const applications = whole.filter(({ generated, rest }) => generated && !rest);
  const sources = layout.templates.filter(({ generated }) => !generated);
  const folders = sources.filter((template) => template.rest && whole.includes(template));
  const ofEnvironment = sources.filter(
    (template) => template.rest && isFor(layout, template, ['tenant', 'environment']),
  );
  const scopes = sources.flatMap((template) => variableScope(layout, template));
  const first = (templates: readonly Template[], place: ServicePlace): string | undefined =>
    templates.map((template) => templatePath(template, place)).find((path) => path !== undefined);
  return {
    serviceFolder: (place) => first(folders, place),
    environmentFile: (place) => {
      const folder = first(ofEnvironment, place);
      return folder === undefined ? undefined : `${folder}/environment.yaml`;
    },
    variableFiles: (place) =>
      scopes.flatMap(({ scope, template }) => {
        const path = templatePath(template, place);
        if (path === undefined) return [];
        return [{ scope, path: template.rest ? `${path}/variables.yaml` : path }];
      }),
    output: (place) => first(outputs, place),
    application: (place) => first(applications, place),
  };
}

/** Whether a template has exactly these placeholders, of those that the layout has. */
function isFor(layout: Layout, template: Template, names: readonly PlaceholderName[]): boolean {
  return [...layout.placeholders].every((name) => hasPlaceholder(template, name) === names.includes(name));
}

const scopeNames: readonly (readonly [VariableScope, readonly PlaceholderName[]])[] = [
  ['service', ['tenant', 'environment', 'service']],
  ['tenant', ['tenant']],
  ['environment', ['environment']],
  ['repository', []],
];

function variableScope(
  layout: Layout,
  template: Template,
): readonly { readonly scope: VariableScope; readonly template: Template }[] {
  const last = template.segments.at(-1);
  const isFile = !template.rest && last?.kind === 'literal' && last.text === 'variables.yaml';
  if (!template.rest && !isFile) return [];
  const found = scopeNames.find(([scope, names]) => {
    // A tenant alone in a layout without environments is its tenant-environment.
    if (scope !== 'service' && names.length > 0 && !names.every((name) => layout.placeholders.has(name)))
      return false;
    return isFor(layout, template, names);
  });
  return found ? [{ scope: found[0], template }] : [];
}

/** The file or folder that a template names for a place; nothing when it is not for that place. */
export function templatePath({ segments }: Template, place: ServicePlace): string | undefined {
  const parts: string[] = [];
  for (const segment of segments) {
    if (segment.kind === 'literal') {
      parts.push(segment.text);
      continue;
    }
    const value = place[segment.name];
    if (segment.values && !segment.values.includes(value)) return undefined;
    parts.push(`${segment.prefix}${value}${segment.suffix}`);
  }
  return parts.join('/');
}
