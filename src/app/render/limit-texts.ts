import type { RenderedObject, RenderedService } from '../../domain/rendered/rendered-change.ts';

/** Characters of all objects together; what comes after them is named and not shown. */
const mostText = 2 * 1024 ** 2;

const lengthOf = ({ before = '', after = '' }: RenderedObject): number => before.length + after.length;

/** The same services, with no more text than a person could look at. */
export function limitTexts(services: readonly RenderedService[]): readonly RenderedService[] {
  let left = mostText;
  return services.map((service) => ({
    ...service,
    objects: service.objects.map((object) => {
      const length = lengthOf(object);
      if (length > left) return { ...object, before: undefined, after: undefined, hidden: true };
      left -= length;
      return object;
    }),
  }));
}
