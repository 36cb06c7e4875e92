import type { DeploymentSource } from '../../domain/deployment/deployment.ts';
import { foldLine } from '../../domain/plan/commit-message.ts';
import { deploymentAuthor, pullRequestOf, summaryOf } from '../../domain/deployment/deployment-author.ts';
import type { Layout } from '../../domain/layout/layout.ts';
import { type SourceRule, sourceByRules } from '../../domain/deployment/source-rule.ts';
import { touchedPlaces } from '../../domain/layout/touched-places.ts';
import type { LoggedCommit } from '../../git/log-history.ts';
import type { IndexedRevision } from '../../store/index-revisions.ts';
import type { StoredRequest } from '../../store/request-rows.ts';

/** The request that a commit says it carries out; only a hint, since anybody can write such a line. */
export const claimedRequest = ({ body }: Pick<LoggedCommit, 'body'>): string | undefined =>
  /^[A-Z][a-z]+-Request-Id: ((?:rbk|rel|prm)-[0-9A-Z]{26})$/m.exec(body)?.[1];

/** True when the store itself says that this commit is the one of the request. */
export const isCommitOf = (request: StoredRequest | undefined, projectId: string, oid: string): boolean =>
  request?.projectId === projectId && (request.commit === oid || request.execution?.planned?.commit === oid);

interface Origin {
  readonly source: DeploymentSource;
  readonly requestId: string | undefined;
}

/** How the commits of one project become rows. `request` is the proven one of the commit. */
export function indexRows(layout: Layout, rules: readonly SourceRule[]) {
  const placesOf = touchedPlaces(layout);
  const ruled = sourceByRules(rules);
  return (
    commit: LoggedCommit,
    position: number,
    request: Pick<StoredRequest, 'id' | 'kind'> | undefined,
  ): IndexedRevision => {
    const { author, subject, body } = commit;
    const { name, email, bot } = deploymentAuthor({ ...author, subject, body });
    const summary = shortLine(summaryOf({ subject, body }), 500);
    const origin: Origin = request
      ? { source: request.kind, requestId: request.id }
      : { source: ruled({ email: author.email, summary: subject }), requestId: undefined };
    return {
      revision: commit.oid,
      position,
      at: commit.committedSeconds * 1000,
      author: {
        name: shortLine(name, 200),
        email: email && shortLine(email, 254),
        bot: bot && shortLine(bot, 200),
      },
      pullRequest: pullRequestOf({ subject, body }),
      summary,
      deployments: placesOf(commit.changes.map(({ path }) => path)).map((place) => ({
        ...place,
        ...origin,
        fields: undefined,
      })),
    };
  };
}

const shortLine = (text: string, limit: number): string => {
  const folded = foldLine(text);
  return folded.length > limit ? `${folded.slice(0, limit - 1).toWellFormed()}…` : folded;
};
