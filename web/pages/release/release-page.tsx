import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { apiQuery, fixedQuery, useChange } from '../../api/queries.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import type { PlanTexts } from '../../parts/plan/plan-text.tsx';
import { PlannedChange } from '../../parts/plan/planned-change.tsx';
import { useAfterSubmit } from '../../parts/plan/use-after-submit.ts';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { placeTitle } from '../../words/place-title.ts';
import { BackToPlace } from './back-to-place.tsx';
import { emptyRow, SettingRows } from './setting-rows.tsx';
import { type Setting, fieldsOf, isComplete, readSettings, settingText } from './setting.ts';
import { useServices } from './use-services.ts';

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment/release');

/** Sets fields of one tenant-environment: what becomes what, the preview of it, and the request. */
export function ReleasePage(): ReactElement {
  const where = routeApi.useParams();
  const { set = [] } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const services = useServices(where);
  const chosen = readSettings(set);
  const [rows, setRows] = useState<readonly Setting[]>(chosen.length > 0 ? chosen : [emptyRow(services)]);
  const look = (): void => void navigate({ search: { set: rows.map(settingText) }, resetScroll: false });
  const isReady = rows.every(isComplete);
  return (
    <Page title={`Release to ${placeTitle(where)}`} aside={<BackToPlace where={where} />}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) look();
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed" maw={720}>
            A field is named as in the history: <code>image.tag</code>, <code>replicas</code>, or with its
            file, <code>values.yaml#/level</code> and <code>variables.yaml#/LOG_LEVEL</code>. Whole files are
            released from the command line, by <code>knowngood release --file</code>.
          </Text>
          <SettingRows services={services} rows={rows} onChange={setRows} />
          <div>
            <Button type="submit" disabled={!isReady}>
              Preview
            </Button>
          </div>
        </Stack>
      </form>
      {chosen.length > 0 ? <Planned settings={chosen} /> : null}
    </Page>
  );
}

function Planned({ settings }: { readonly settings: readonly Setting[] }): ReactElement {
  const { project: slug, tenant, environment } = routeApi.useParams();
  const { text } = routeApi.useSearch();
  const navigate = routeApi.useNavigate();
  const body = { tenant, environment, fields: fieldsOf(settings) };
  const asked = { params: { slug }, body };
  const { data, error, refetch } = useQuery({ ...apiQuery('previewRelease', asked), retry: false });
  const draftKey = `why release ${JSON.stringify(body)}`;
  const submit = useChange('submitRelease');
  const after = useAfterSubmit(draftKey);
  const texts: PlanTexts = {
    open: text,
    onOpen: (path) =>
      void navigate({ search: (before) => ({ ...before, text: path }), replace: true, resetScroll: false }),
    ask: (showText) => apiQuery('previewRelease', { params: { slug }, body: { ...body, showText } }),
  };
  if (error) return <RefusalAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={5} />;
  return (
    <Stack component="section" gap="md" aria-label="What would change">
      <PlannedChange
        preview={data}
        texts={texts}
        ask={fixedQuery('renderRelease', asked)}
        askClusters={fixedQuery('dryRunRelease', asked)}
        why="Why this release is needed. It stands in the commit and in the audit log."
        draftKey={draftKey}
        environment={environment}
        submission={submit}
        onLookAgain={() => void refetch()}
        onSubmit={(justification) =>
          submit.mutate({ ...asked, body: { ...body, justification, digest: data.plan.digest } }, after)
        }
      />
    </Stack>
  );
}
