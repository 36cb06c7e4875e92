/** A tenant-environment as addresses name it. */
export interface NamedPlace {
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
}

/** A tenant-environment as headings and tabs name it, with its project: two projects may both have acme/production. */
export const placeTitle = ({ project, tenant, environment }: NamedPlace): string =>
  `${project} / ${tenant} / ${environment}`;
