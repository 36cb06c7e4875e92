import { type Layout, ownerOf } from './layout.ts';
import { type Segment, matchPath } from './template.ts';

/**
 * The path that has in another environment the place that this one has in its own; undefined where the layout gives
 * it none, or would give it to somebody else.
 */
export function pathInEnvironment(layout: Layout, path: string, environment: string): string | undefined {
  const parts = path.split('/');
  const template = layout.templates.find((one) => matchPath(one, parts));
  if (!template) return undefined;
  const moved = parts.map((part, index) => segmentIn(template.segments[index], part, environment)).join('/');
  const [before, after] = [ownerOf(layout, path), ownerOf(layout, moved)];
  const same = before?.tenant === after?.tenant && before?.service === after?.service;
  return same && after?.environment === environment && !after.generated ? moved : undefined;
}

const segmentIn = (segment: Segment | undefined, part: string, environment: string): string =>
  segment?.kind === 'placeholder' && segment.name === 'environment'
    ? `${segment.prefix}${environment}${segment.suffix}`
    : part;
