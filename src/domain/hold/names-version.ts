/** The last names of fields that say which image, chart or revision runs. */
const versionNames = new Set([
  'image',
  'tag',
  'digest',
  'newTag',
  'newName',
  'targetRevision',
  'chartVersion',
  'appVersion',
  'ref',
  'revision',
]);

/** Names that say it only inside something that has a version. */
const insideChart = /(?:^|[.\]])(?:chart|charts|dependencies|binding|source|helm)(?:\[[^\]]*\])?\.version$/;

/**
 * Does a field, in the short form that people read (`image.tag`, `containers[app].image`), say which image, chart or
 * revision runs? Those are the values that bring a fault back; others, such as replicas, are often changed for good.
 */
export function namesVersion(field: string): boolean {
  const last = /([^.\]"[]+)$/.exec(field)?.[1];
  return (last !== undefined && versionNames.has(last)) || insideChart.test(field);
}
