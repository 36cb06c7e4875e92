import { type DeploymentSource, deploymentSources } from '../../../src/domain/deployment/deployment.ts';
import { textIn, textsIn, wordIn } from '../../words/search-text.ts';

/** Which rows of the history are shown. */
export interface HistoryFilter {
  readonly service?: string | undefined;
  readonly source?: DeploymentSource | undefined;
  readonly author?: string | undefined;
  readonly text?: string | undefined;
}

/** What the address says of a history and what stands beside it. */
export interface HistorySearch extends HistoryFilter {
  /** Rows that stand open, by the short forms of their revisions. */
  readonly open?: readonly string[] | undefined;
  /** The service whose variables are shown. */
  readonly variables?: string | undefined;
}

/** What the query of an address says; what is none of ours is left out. */
export const readHistorySearch = (search: Record<string, unknown>): HistorySearch => ({
  service: textIn(search, 'service'),
  source: wordIn(search, 'source', deploymentSources),
  author: textIn(search, 'author'),
  text: textIn(search, 'text'),
  open: textsIn(search, 'open'),
  variables: textIn(search, 'variables'),
});

/** The filters alone. */
export const filterOf = ({ service, source, author, text }: HistorySearch): HistoryFilter => ({
  service,
  source,
  author,
  text,
});
