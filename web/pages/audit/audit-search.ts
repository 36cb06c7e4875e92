import { auditActions } from '../../../src/domain/audit/audit-action.ts';
import type { AuditFlag } from '../../../src/domain/audit/audit-entry.ts';
import { textIn, textsIn, wordIn } from '../../words/search-text.ts';
import { flagWords } from './flag-signs.ts';

/** Which rows of the log are shown. Days are in UTC, and both are included. */
export interface AuditSearch {
  /** Rows that stand open, by their numbers. */
  readonly open?: readonly string[] | undefined;
  readonly action?: string | undefined;
  readonly flag?: AuditFlag | undefined;
  readonly project?: string | undefined;
  readonly request?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const kindOf = (action: string): string => action.slice(0, action.indexOf('.'));

/** The actions below what they happened to; the first of each group stands for all of it. */
export const actionGroups = [...new Set(auditActions.map(kindOf))].map((kind) => ({
  group: kind.replaceAll(/[-_]/g, ' '),
  items: [`${kind}.*`, ...auditActions.filter((action) => kindOf(action) === kind)],
}));

const dayIn = (search: Record<string, unknown>, name: string): string | undefined => {
  const text = textIn(search, name);
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : undefined;
};

/** The filters that the query of an address names; what is no filter is left out. */
export const readAuditSearch = (search: Record<string, unknown>): AuditSearch => ({
  action: wordIn(
    search,
    'action',
    actionGroups.flatMap(({ items }) => items),
  ),
  flag: wordIn(search, 'flag', flagWords),
  project: textIn(search, 'project'),
  request: textIn(search, 'request'),
  from: dayIn(search, 'from'),
  to: dayIn(search, 'to'),
  open: textsIn(search, 'open'),
});

const dayLength = 86_400_000;

/** The filters as the server takes them: from the first moment of a day to the first after another. */
export const auditFilterOf = ({ action, flag, project, request, from, to }: AuditSearch) => ({
  action,
  flag,
  project,
  request,
  from: from === undefined ? undefined : `${from}T00:00:00Z`,
  to: to === undefined ? undefined : new Date(Date.parse(to) + dayLength).toISOString(),
});
