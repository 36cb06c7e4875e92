import {
  type Bindings,
  type PlaceholderName,
  type Template,
  bySpecificity,
  hasPlaceholder,
  matchPath,
  parseTemplate,
  placeholderNames,
} from './template.ts';

/** Where things are in a repository: its templates, most specific first, and what they leave open. */
export interface Layout {
  readonly templates: readonly Template[];
  /** Placeholders that some template has. Any other takes the single value `default`. */
  readonly placeholders: ReadonlySet<PlaceholderName>;
  /** The order of promotion, when the project declares it. */
  readonly environments: readonly string[];
}

export interface TemplateSource {
  readonly path: string;
  readonly generated?: boolean;
}

/** The one value of a placeholder that the layout does not use. */
export const DEFAULT_NAME = 'default';

/** Who a path belongs to. A name it lacks means that it is shared by all values of that name. */
export interface Owner extends Bindings {
  readonly generated: boolean;
}

export const defaultTemplates: readonly TemplateSource[] = [
  { path: 'tenants/{tenant}/{environment}/{service}/**' },
  { path: 'tenants/{tenant}/{environment}/**' },
  { path: 'tenants/{tenant}/variables.yaml' },
  { path: 'environments/{environment}/variables.yaml' },
  { path: 'variables.yaml' },
  { path: 'delivery/{tenant}/{environment}/{service}/**', generated: true },
  { path: '.argocd/{tenant}/{environment}/{service}.yaml', generated: true },
];

/**
 * Builds a layout from its templates. Declared environments are the only values of a free `{environment}`, so that
 * a sibling folder such as `base` is never taken for one.
 */
export function makeLayout(sources: readonly TemplateSource[], environments: readonly string[] = []): Layout {
  const templates = sources
    .map(({ path, generated = false }) => parseTemplate(path, { generated }))
    .map((template) => constrain(template, environments))
    .toSorted(bySpecificity);
  const placeholders = placeholderNames.filter((name) =>
    templates.some((template) => hasPlaceholder(template, name)),
  );
  return { templates, placeholders: new Set(placeholders), environments };
}

function constrain(template: Template, environments: readonly string[]): Template {
  if (environments.length === 0) return template;
  const segments = template.segments.map((segment) =>
    segment.kind === 'placeholder' && segment.name === 'environment' && !segment.values
      ? { ...segment, values: environments }
      : segment,
  );
  return { ...template, segments };
}

/** Fills in `default` for each placeholder that the whole layout does without. */
export function completeOwner(layout: Layout, bindings: Bindings, generated: boolean): Owner {
  const owner: { [name in PlaceholderName]?: string | undefined } = { ...bindings };
  for (const name of placeholderNames) if (!layout.placeholders.has(name)) owner[name] = DEFAULT_NAME;
  return { ...owner, generated };
}

/** Who owns a path, by its most specific template; undefined when the layout does not speak of it. */
export function ownerOf(layout: Layout, path: string): Owner | undefined {
  const parts = path.split('/');
  for (const template of layout.templates) {
    const bindings = matchPath(template, parts);
    if (bindings) return completeOwner(layout, bindings, template.generated);
  }
  return undefined;
}

/** A path that several tenant-environments read: its owner lacks a tenant or an environment. */
export const isShared = (owner: Owner): boolean =>
  !owner.generated && (owner.tenant === undefined || owner.environment === undefined);
