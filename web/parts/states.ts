import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconGhost,
  IconHeartBroken,
  IconHeartFilled,
  IconHelpCircle,
  IconHourglass,
  IconLoader,
  IconPlayerPause,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { DeploymentStatus } from '../../src/domain/deployment/deployment.ts';
import type { RequestState } from '../../src/domain/request/request.ts';

/** How bad it is: the only thing that colours mean here. */
export type Tone = 'good' | 'moving' | 'waiting' | 'bad' | 'none';

/** One state as people see it: never by colour alone. */
export interface Sign {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: ComponentType<{ readonly size?: number | string; readonly 'aria-hidden'?: boolean }>;
}

const sign = (word: string, tone: Tone, icon: Sign['icon']): Sign => ({ word, tone, icon });

/** What became of a deployment. */
export const deploymentSigns: Readonly<Record<DeploymentStatus, Sign>> = {
  success: sign('success', 'good', IconCircleCheck),
  failed: sign('failed', 'bad', IconAlertTriangle),
  rolled_back: sign('rolled back', 'none', IconArrowBackUp),
};

/** Where a request is in its life. */
export const requestSigns: Readonly<Record<RequestState, Sign>> = {
  pending: sign('pending', 'waiting', IconHourglass),
  approved: sign('approved', 'moving', IconCircleCheck),
  executing: sign('executing', 'moving', IconLoader),
  completed: sign('completed', 'good', IconCircleCheck),
  failed: sign('failed', 'bad', IconAlertTriangle),
  rejected: sign('rejected', 'bad', IconCircleX),
  cancelled: sign('cancelled', 'none', IconCircleMinus),
  expired: sign('expired', 'none', IconClock),
};

export const healthStates = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
] as const;
export type HealthState = (typeof healthStates)[number];

/** Health of what runs, in the words and shapes of Argo CD. */
export const healthSigns: Readonly<Record<HealthState, Sign>> = {
  Healthy: sign('Healthy', 'good', IconHeartFilled),
  Progressing: sign('Progressing', 'moving', IconLoader),
  Degraded: sign('Degraded', 'bad', IconHeartBroken),
  Suspended: sign('Suspended', 'none', IconPlayerPause),
  Missing: sign('Missing', 'waiting', IconGhost),
  Unknown: sign('Unknown', 'none', IconHelpCircle),
};

export type SyncState = 'Synced' | 'OutOfSync' | 'Unknown';

/** Whether the cluster has taken over what the branch says, in the words of Argo CD. */
export const syncSigns: Readonly<Record<SyncState, Sign>> = {
  Synced: sign('Synced', 'good', IconCircleCheck),
  OutOfSync: sign('OutOfSync', 'waiting', IconAlertTriangle),
  Unknown: sign('Unknown', 'none', IconCircleDashed),
};

/** What became of a message to a webhook. */
export const answerSigns: Readonly<Record<'waiting' | 'delivered' | 'failed', Sign>> = {
  waiting: sign('waiting', 'waiting', IconHourglass),
  delivered: sign('delivered', 'good', IconCircleCheck),
  failed: sign('failed', 'bad', IconAlertTriangle),
};

/** Health as an agent said it; what nobody knows is unknown. */
export const healthSign = (word: string): Sign =>
  healthStates.some((state) => state === word) ? healthSigns[word as HealthState] : healthSigns.Unknown;

/** Sync as an agent said it. */
export const syncSign = (word: string): Sign =>
  word in syncSigns ? syncSigns[word as SyncState] : syncSigns.Unknown;

interface Seen {
  readonly knownGood: { readonly health: { readonly last: string } | null };
}

/** How what is in force was last seen; unknown where no cluster reports for it. */
export const healthOf = (current: Seen | null): Sign =>
  healthSign(current?.knownGood.health?.last ?? 'Unknown');
