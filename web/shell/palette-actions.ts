import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  IconArrowBackUp,
  IconArrowRight,
  IconChecklist,
  IconFlame,
  IconMoon,
  IconRocket,
  IconTargetArrow,
  type TablerIcon,
} from '@tabler/icons-react';
import type { TenantEnvironment } from '../../src/domain/plan/scope.ts';
import { decide } from '../../src/domain/people/rights.ts';
import { actorOfMe, useMe } from '../api/me.ts';
import { apiQuery } from '../api/queries.ts';
import { requestTitle } from '../words/request-title.ts';
import { mainPages } from './pages.ts';

/** Something that can be gone to or done from everywhere. */
export interface PaletteAction {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: TablerIcon;
  readonly onClick: () => void;
}

interface Place extends TenantEnvironment {
  readonly project: string;
  readonly services: readonly string[];
}

function usePlaces(): readonly Place[] {
  const projects = useQuery(apiQuery('listProjects', { query: { limit: 50 } })).data?.items ?? [];
  const places = useQueries({
    queries: projects.map(({ slug }) => apiQuery('listTenantEnvironments', { params: { slug } })),
  });
  return projects.flatMap(({ slug: project }, index) =>
    (places[index]?.data?.items ?? []).map(({ tenant, environment, services }) => ({
      project,
      tenant,
      environment,
      services,
    })),
  );
}

function usePages(): readonly PaletteAction[] {
  const navigate = useNavigate();
  return mainPages.map(({ to, word: label, icon }) => ({
    id: to,
    label,
    icon,
    onClick: () => void navigate({ to }),
  }));
}

/** The oldest of the requests that wait for whoever looks; nothing when none does. */
function useNextReview(): readonly PaletteAction[] {
  const navigate = useNavigate();
  const { data } = useQuery(apiQuery('listRequests', { query: { waitsForMe: 'true', limit: 200 } }));
  const next = data?.items.at(-1);
  if (!next) return [];
  const { id, project } = next;
  return [
    {
      id: 'review',
      label: 'Review the next request',
      description: `${project} · ${requestTitle(next)}`,
      icon: IconChecklist,
      onClick: () => void navigate({ to: '/requests/$id', params: { id } }),
    },
  ];
}

const schemes: Readonly<Record<MantineColorScheme, string>> = {
  dark: 'Use dark colours',
  light: 'Use light colours',
  auto: 'Use the colours of the system',
};

function useSchemes(): readonly PaletteAction[] {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (['dark', 'light', 'auto'] as const)
    .filter((scheme) => scheme !== colorScheme)
    .map((scheme) => ({
      id: `colours ${scheme}`,
      label: schemes[scheme],
      icon: IconMoon,
      onClick: () => setColorScheme(scheme),
    }));
}

/** What may be started in one place. The server has the last word; what is not allowed is not offered. */
function useStarts(places: readonly Place[]): readonly PaletteAction[] {
  const navigate = useNavigate();
  const actor = actorOfMe(useMe());
  return places
    .filter(
      ({ project: projectId, tenant, environment }) =>
        decide(actor, 'request', { projectId, tenant, environment }).allowed,
    )
    .flatMap(({ project, tenant, environment }) => {
      const params = { project, tenant, environment };
      const name = `${tenant} / ${environment}`;
      return [
        {
          id: `roll back ${project} ${name}`,
          label: `Roll back ${name}…`,
          description: project,
          icon: IconArrowBackUp,
          onClick: () => void navigate({ to: '/rollback', search: params }),
        },
        {
          id: `release ${project} ${name}`,
          label: `Release to ${name}…`,
          description: project,
          icon: IconRocket,
          onClick: () => void navigate({ to: '/projects/$project/$tenant/$environment/release', params }),
        },
        {
          id: `promote ${project} ${name}`,
          label: `Promote from ${name}…`,
          description: project,
          icon: IconArrowRight,
          onClick: () => void navigate({ to: '/projects/$project/$tenant/$environment/promote', params }),
        },
      ];
    });
}

/** The way to act without approvals in an emergency, for whoever may. */
function useEmergency(places: readonly Place[]): readonly PaletteAction[] {
  const navigate = useNavigate();
  const actor = actorOfMe(useMe());
  return [...new Set(places.map(({ project }) => project))]
    .filter((projectId) => decide(actor, 'break_glass', { projectId }).allowed)
    .map((project) => ({
      id: `break-glass ${project}`,
      label: `Open break-glass in ${project}…`,
      description: 'act without approvals; somebody else reviews it',
      icon: IconFlame,
      onClick: () => void navigate({ to: '/projects/$project/break-glass', params: { project } }),
    }));
}

/** Where one can go, and what one can do: pages first, then what waits, places, what may be started there, and colours. */
export function usePaletteActions(): readonly PaletteAction[] {
  const navigate = useNavigate();
  const places = usePlaces();
  const [pages, review, starts, colours] = [usePages(), useNextReview(), useStarts(places), useSchemes()];
  const goTo = places.map(({ project, tenant, environment, services }) => ({
    id: `${project} ${tenant}/${environment}`,
    label: `${tenant} / ${environment}`,
    description: `${project} · ${services.join(', ')}`,
    icon: IconTargetArrow,
    onClick: () =>
      void navigate({
        to: '/projects/$project/$tenant/$environment',
        params: { project, tenant, environment },
      }),
  }));
  return [...pages, ...review, ...goTo, ...starts, ...useEmergency(places), ...colours];
}
