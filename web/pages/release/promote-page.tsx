import { Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { carriedKinds } from '../../../src/domain/plan/carried-kinds.ts';
import { apiQuery, fixedQuery, useChange } from '../../api/queries.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import type { PlanTexts } from '../../parts/plan/plan-text.tsx';
import { PlannedChange } from '../../parts/plan/planned-change.tsx';
import { useAfterSubmit } from '../../parts/plan/use-after-submit.ts';
import { RefusalAlert } from '../../parts/refusal-alert.tsx';
import { placeTitle } from '../../words/place-title.ts';
import { BackToPlace } from './back-to-place.tsx';
import { laterEnvironments } from './later-environments.ts';
import type { PromotionSearch } from './route.ts';
import { useServices } from './use-services.ts';

const routeApi = getRouteApi('/signed-in/projects/$project/$tenant/$environment/promote');

function useChangeSearch(): (change: PromotionSearch) => void {
  const navigate = routeApi.useNavigate();
  return (change) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
}

/** Carries services to a later environment: what to carry, the preview of it, and the request. */
export function PromotePage(): ReactElement {
  const where = routeApi.useParams();
  const { project: slug, tenant, environment: from } = where;
  const { to } = routeApi.useSearch();
  const { data: project } = useSuspenseQuery(apiQuery('getProject', { params: { slug } }));
  const later = laterEnvironments(project.environments, from);
  const isListed = project.environments.includes(from);
  const chosen = later.find((each) => each === to) ?? later[0];
  return (
    <Page
      title={`Promote from ${placeTitle({ project: slug, tenant, environment: from })}`}
      aside={<BackToPlace where={where} />}
    >
      {chosen === undefined ? (
        <EmptyState
          title={isListed ? `No environment comes after ${from}` : `${from} has no place in the order`}
        >
          A promotion goes to a later environment. Their order is that of <code>environments</code> in
          knowngood.yaml.
        </EmptyState>
      ) : (
        <>
          <Choice later={later} to={chosen} />
          <Planned to={chosen} />
        </>
      )}
    </Page>
  );
}

function Choice({ later, to }: { readonly later: readonly string[]; readonly to: string }): ReactElement {
  const { services: chosen = [], carry = [] } = routeApi.useSearch();
  const services = useServices(routeApi.useParams());
  const change = useChangeSearch();
  return (
    <Stack gap="sm">
      <NativeSelect
        size="xs"
        label="To"
        maw={240}
        value={to}
        data={[...later]}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      <Ticks
        label="Services"
        none="All of them, when none is ticked"
        words={services}
        ticked={chosen}
        onTick={(next) => change({ services: next })}
      />
      <Ticks
        label="What is carried of them"
        none="All of it, when nothing is ticked"
        words={carriedKinds}
        ticked={carry}
        onTick={(next) => change({ carry: next })}
      />
    </Stack>
  );
}

interface TicksProps {
  readonly label: string;
  /** What no tick means. */
  readonly none: string;
  readonly words: readonly string[];
  readonly ticked: readonly string[];
  readonly onTick: (ticked: readonly string[]) => void;
}

function Ticks({ label, none, words, ticked, onTick }: TicksProps): ReactElement {
  return (
    <Checkbox.Group label={label} description={none} value={[...ticked]} onChange={onTick}>
      <Group gap="md" mt={4}>
        {words.map((word) => (
          <Checkbox key={word} value={word} label={word} size="xs" />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

/** What the address asks to carry, as the server wants it. */
function useWish(to: string) {
  const { tenant, environment: from } = routeApi.useParams();
  const { services = [], carry: named = [] } = routeApi.useSearch();
  const carry = carriedKinds.filter((kind) => named.includes(kind));
  return {
    tenant,
    from,
    to,
    ...(services.length > 0 ? { services: [...services] } : {}),
    ...(carry.length > 0 ? { carry } : {}),
  };
}

function Planned({ to }: { readonly to: string }): ReactElement {
  const { project: slug } = routeApi.useParams();
  const { text } = routeApi.useSearch();
  const change = useChangeSearch();
  const body = useWish(to);
  const asked = { params: { slug }, body };
  const { data, error, refetch } = useQuery({ ...apiQuery('previewPromotion', asked), retry: false });
  const draftKey = `why promote ${JSON.stringify(body)}`;
  const submit = useChange('submitPromotion');
  const after = useAfterSubmit(draftKey);
  const texts: PlanTexts = {
    open: text,
    onOpen: (path) => change({ text: path }),
    ask: (showText) => apiQuery('previewPromotion', { params: { slug }, body: { ...body, showText } }),
  };
  if (error) return <RefusalAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={5} />;
  return (
    <Stack component="section" gap="md" aria-label="What would change">
      <Text size="sm">
        {body.tenant}/{to} gets what {body.tenant}/{body.from} has.
      </Text>
      <PlannedChange
        preview={data}
        texts={texts}
        ask={fixedQuery('renderPromotion', asked)}
        askClusters={fixedQuery('dryRunPromotion', asked)}
        why="Why it goes on now. It stands in the commit and in the audit log."
        draftKey={draftKey}
        environment={to}
        submission={submit}
        onLookAgain={() => void refetch()}
        onSubmit={(justification) =>
          submit.mutate({ ...asked, body: { ...body, justification, digest: data.plan.digest } }, after)
        }
      />
    </Stack>
  );
}
