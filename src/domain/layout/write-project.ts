import { stringify } from 'yaml';
import type { TemplateSource } from './layout.ts';

/** A layout as it is written down: templates, and the only values of `{environment}` in their order of promotion. */
export interface WrittenLayout {
  readonly templates: readonly TemplateSource[];
  readonly environments: readonly string[];
}

/** The text of a `knowngood.yaml` with this layout. Ends with a line break. */
export const projectText = ({ templates, environments }: WrittenLayout): string =>
  stringify(
    {
      apiVersion: 'knowngood.dev/v1',
      kind: 'Project',
      ...(environments.length > 0 ? { environments } : {}),
      layout: templates.map(({ path, generated }) => (generated ? { path, generated } : { path })),
    },
    { lineWidth: 0 },
  );

/** The templates as `--layout` takes them, where nothing else can say which names are environments. */
export const layoutOptions = ({ templates, environments }: WrittenLayout): readonly string[] =>
  templates.map(({ path }) =>
    environments.length > 0 ? path.replace('{environment}', `{environment:${environments.join('|')}}`) : path,
  );
