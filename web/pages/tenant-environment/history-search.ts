import { type DeploymentSource, deploymentSources } from '../../../src/domain/deployment/deployment.ts';
import { textIn, wordIn } from '../../words/search-text.ts';

/** Which rows of the history are shown. */
export interface HistorySearch {
  readonly service?: string | undefined;
  readonly source?: DeploymentSource | undefined;
  readonly author?: string | undefined;
  readonly text?: string | undefined;
}

/** The filters that the query of an address names; what is no filter is left out. */
export const readHistorySearch = (search: Record<string, unknown>): HistorySearch => ({
  service: textIn(search, 'service'),
  source: wordIn(search, 'source', deploymentSources),
  author: textIn(search, 'author'),
  text: textIn(search, 'text'),
});
