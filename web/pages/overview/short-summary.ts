/** A summary without the place that its cell stands for: `Release: api-gateway v2.1.0`. Other words stay as they are. */
export const shortSummary = (summary: string): string =>
  summary.replace(/^([A-Z][a-z]+): tenant\/\S+ env\/\S+ → (?:env\/\S+: )?/, '$1: ');
