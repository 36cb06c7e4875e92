import type { TenantEnvironment } from '../../../src/domain/plan/scope.ts';
import { pagedQuery } from '../../api/queries.ts';
import { type HistorySearch, filterOf } from './history-search.ts';

/** Whose history is asked for. */
export interface HistoryOf extends TenantEnvironment {
  readonly project: string;
}

/** The rows of a history that pass the filters, a hundred at a time. */
export const historyQuery = ({ project, tenant, environment }: HistoryOf, search: HistorySearch) =>
  pagedQuery('listDeployments', {
    params: { slug: project },
    query: { tenant, environment, limit: 100, ...filterOf(search) },
  });
