export const deploymentSources = ['release', 'promotion', 'rollback', 'push'] as const;
export type DeploymentSource = (typeof deploymentSources)[number];

export const deploymentStatuses = ['success', 'failed', 'rolled_back'] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

/** Who deployed: the person, and the bot that made the commit for them, if one did. */
export interface DeploymentAuthor {
  readonly name: string;
  readonly email: string | undefined;
  readonly bot: string | undefined;
}

/** One row of history: a revision that touched one tenant-environment. */
export interface Deployment {
  readonly projectId: string;
  readonly tenant: string;
  readonly environment: string;
  readonly revision: string;
  /** Place of the revision on the branch's first-parent line, counted from its root: larger is newer. */
  readonly position: number;
  /** Committer time in epoch milliseconds; may run backwards, `position` never does. */
  readonly at: number;
  readonly author: DeploymentAuthor;
  readonly pullRequest: number | undefined;
  /** First line of the message. */
  readonly summary: string;
  readonly services: readonly string[];
  readonly files: number;
  /** Counted later; absent until then. */
  readonly fields: number | undefined;
  readonly source: DeploymentSource;
  readonly requestId: string | undefined;
  readonly status: DeploymentStatus;
  /** The services that `failed` or `rolled_back` is about; may be fewer than `services`. */
  readonly statusServices: readonly string[];
}
