import type { Layout } from '../domain/layout/layout.ts';
import { hasPlaceholder } from '../domain/layout/template.ts';
import { type ServicePlace, templatePath } from './delivery-places.ts';

/** The folders that are this service's alone, in this place, and that people write. */
export function serviceFolders(layout: Layout, place: ServicePlace): readonly string[] {
  return layout.templates
    .filter((template) => template.rest && !template.generated)
    .filter((template) => [...layout.placeholders].every((name) => hasPlaceholder(template, name)))
    .flatMap((template) => templatePath(template, place) ?? []);
}
