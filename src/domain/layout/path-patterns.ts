import { DEFAULT_NAME, type Layout } from './layout.ts';
import { type Bindings, type Segment, type Template, placeholderNames } from './template.ts';

const escape = (text: string): string => text.replaceAll(/[*?[\]\\]/g, String.raw`\$&`);

function segmentGlob(segment: Segment, where: Bindings): string {
  if (segment.kind === 'literal') return escape(segment.text);
  const value = where[segment.name];
  return `${escape(segment.prefix)}${value === undefined ? '*' : escape(value)}${escape(segment.suffix)}`;
}

/** Whether paths of this template can belong to the named owner at all. */
function concerns(layout: Layout, template: Template, where: Bindings): boolean {
  if (template.generated) return false;
  return placeholderNames.every((name) => {
    const wanted = where[name];
    if (wanted === undefined) return true;
    if (!layout.placeholders.has(name)) return wanted === DEFAULT_NAME;
    const segment = template.segments.find((one) => one.kind === 'placeholder' && one.name === name);
    if (segment?.kind !== 'placeholder') return false;
    return segment.values === undefined || segment.values.includes(wanted);
  });
}

/**
 * Glob patterns of paths (`*` within a name, a final `**` below it) that cover every path owned by the named scope. They may cover more, since a more
 * specific template can own some of it: the layout decides over each path that Git lists.
 */
export function pathPatterns(layout: Layout, where: Bindings): string[] {
  return layout.templates
    .filter((template) => concerns(layout, template, where))
    .map((template) => {
      const parts = template.segments.map((segment) => segmentGlob(segment, where));
      return [...parts, ...(template.rest ? ['**'] : [])].join('/');
    });
}
