import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { apiQuery } from '../../api/queries.ts';
import { ChangeTable } from '../../parts/change-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageLink } from '../../parts/links.tsx';
import { Page } from '../../parts/page.tsx';
import { Sha } from '../../parts/sha.tsx';
import { placeCommand } from '../../words/place-command.ts';
import { placeTitle } from '../../words/place-title.ts';
import { FileDiff } from './file-diff.tsx';
import { useDiffView } from './use-diff-view.ts';

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment/compare');

/** What differs between a revision and another, or the present state: fields first, texts on demand. */
export function ComparePage(): ReactElement {
  const { project, tenant, environment } = routeApi.useParams();
  const { from } = routeApi.useSearch();
  const back = (
    <PageLink
      to="/projects/$project/$tenant/$environment"
      params={{ project, tenant, environment }}
      size="sm"
    >
      <IconArrowLeft size={13} aria-hidden /> History
    </PageLink>
  );
  return (
    <Page title={`Compare in ${placeTitle({ project, tenant, environment })}`} aside={back}>
      {from === undefined ? (
        <EmptyState
          title="Compare with what?"
          command={placeCommand('history', { project, tenant, environment })}
        >
          Choose “Compare with current” at a deployment of the history.
        </EmptyState>
      ) : (
        <Comparison from={from} />
      )}
    </Page>
  );
}

function Comparison({ from }: { readonly from: string }): ReactElement {
  const { project: slug, tenant, environment } = routeApi.useParams();
  const { to, service, file: openFile } = routeApi.useSearch();
  const query = { tenant, environment, from, to, service };
  const { data } = useSuspenseQuery(apiQuery('compareRevisions', { params: { slug }, query }));
  const files = data.services.flatMap((change) => change.files);
  return (
    <Stack gap="md">
      <Head from={data.from} to={data.to} toIsCurrent={to === undefined} files={files.length} />
      {files.length === 0 ? (
        <EmptyState title="Nothing differs">Both revisions have the same configuration here.</EmptyState>
      ) : null}
      {data.complete ? null : (
        <Text size="sm">There are more files than are listed. Choose a service to see all of its files.</Text>
      )}
      <ChangeTable
        services={data.services}
        ofFile={(file) => <TextLink path={file.path} open={openFile === file.path} />}
        below={({ path }) =>
          openFile === path ? <FileDiff path={path} from={data.from} to={data.to} /> : null
        }
      />
    </Stack>
  );
}

interface HeadProps {
  readonly from: string;
  readonly to: string;
  readonly toIsCurrent: boolean;
  readonly files: number;
}

function Head({ from, to, toIsCurrent, files }: HeadProps): ReactElement {
  const [view, setView] = useDiffView();
  return (
    <Group justify="space-between">
      <Text size="sm" component="div">
        <Sha value={from} /> → <Sha value={to} /> {toIsCurrent ? '(current)' : ''} ·{' '}
        {files === 1 ? '1 file differs' : `${files} files differ`}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label="How texts are shown"
        value={view}
        data={[
          { value: 'split', label: 'Side by side' },
          { value: 'unified', label: 'Unified' },
        ]}
        onChange={(value) => setView(value === 'split' ? 'split' : 'unified')}
      />
    </Group>
  );
}

function TextLink({ path, open }: { readonly path: string; readonly open: boolean }): ReactElement {
  const where = routeApi.useParams();
  return (
    <PageLink
      to="/projects/$project/$tenant/$environment/compare"
      params={where}
      search={(before) => ({ ...before, file: open ? undefined : path })}
      resetScroll={false}
      size="xs"
      underline="always"
      aria-label={`${open ? 'Hide text' : 'Text'} of ${path}`}
    >
      {open ? 'Hide text' : 'Text'}
    </PageLink>
  );
}
