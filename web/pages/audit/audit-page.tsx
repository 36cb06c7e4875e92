import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconDownload, IconShieldCheck } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { client } from '../../api/client.ts';
import { useMay } from '../../api/me.ts';
import { fixedQuery, pagedQuery } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { ShowMore } from '../../parts/show-more.tsx';
import { sentence } from '../../words/sentence.ts';
import { AuditFilters } from './audit-filters.tsx';
import { auditFilterOf } from './audit-search.ts';
import { AuditTable } from './audit-table.tsx';
import { VerifiedLog } from './verified-log.tsx';

const routeApi = getRouteApi('/signed-in/audit');

/** Who did what and when, for those who may read it; the others are told whom it is for. */
export function AuditPage(): ReactElement {
  const verdict = useMay('audit');
  if (verdict.allowed) return <Log />;
  return (
    <Page title="Audit">
      <Notice title="The audit log is not for everybody">{sentence(verdict.refusal.message)}</Notice>
    </Page>
  );
}

function Log(): ReactElement {
  // Asked for by hand: it walks the whole log, which no event should make it do again.
  const verified = useQuery({ ...fixedQuery('verifyAudit'), enabled: false, gcTime: 0 });
  return (
    <Page
      title="Audit"
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={14} aria-hidden />}
            loading={verified.isFetching}
            onClick={() => void verified.refetch()}
          >
            Verify the log
          </Button>
          <ExportLinks />
        </>
      }
    >
      {verified.error ? <RefusalAlert error={verified.error} /> : null}
      {verified.data ? <VerifiedLog verdict={verified.data} at={verified.dataUpdatedAt} /> : null}
      <AuditFilters />
      <Rows />
    </Page>
  );
}

/** What the filters let through, as files. JSON Lines can be verified without the server. */
function ExportLinks(): ReactElement {
  const filter = auditFilterOf(routeApi.useSearch());
  return (
    <>
      {(['jsonl', 'csv'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          href={client.url('exportAudit', { query: { ...filter, format } })}
          download={`audit.${format}`}
        >
          {format === 'csv' ? 'CSV' : 'JSON Lines'}
        </Button>
      ))}
    </>
  );
}

function Rows(): ReactElement {
  const query = { ...auditFilterOf(routeApi.useSearch()), limit: 100 };
  const log = useInfiniteQuery({ ...pagedQuery('listAudit', { query }), placeholderData: keepPreviousData });
  const rows = log.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {log.error ? <RefusalAlert error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.isPending ? <Loading lines={8} /> : null}
      {log.data && rows.length === 0 && !log.hasNextPage ? (
        <EmptyState title="No row passes these filters">Choose other ones above.</EmptyState>
      ) : null}
      {rows.length > 0 ? <AuditTable rows={rows} /> : null}
      <ShowMore of={log} label="Show older rows" />
    </>
  );
}
