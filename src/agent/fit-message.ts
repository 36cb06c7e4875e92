import type { AgentEnvelope } from '../contract/agent-v1/envelope.ts';
import type { SentApplication } from './sent.ts';

const bytesOf = (envelope: AgentEnvelope): number => Buffer.byteLength(JSON.stringify(envelope));

const isWell = ({ syncStatus, healthStatus }: NonNullable<SentApplication['resources']>[number]): boolean =>
  syncStatus === 'Synced' && ['Healthy', '', undefined, null].includes(healthStatus);

const withoutWell = (application: SentApplication): SentApplication => ({
  ...application,
  resources: (application.resources ?? []).filter((resource) => !isWell(resource)),
});

/** The first items of a list, half as many. */
const half = <T>(list: readonly T[] | null | undefined): T[] =>
  (list ?? []).slice(0, (list ?? []).length >> 1);

/**
 * A message of at most so many bytes: the hub breaks off a longer one, and the agent would send it again and again. What
 * is well is left out first; counts and words of an Application stay. Undefined when nothing is left to leave out.
 */
export function fitMessage(envelope: AgentEnvelope, most: number): AgentEnvelope | undefined {
  if (bytesOf(envelope) <= most) return envelope;
  if ('argoApplicationStatus' in envelope) {
    const { applications, ...rest } = envelope.argoApplicationStatus;
    const slim = (applications ?? []).map(withoutWell);
    const fitting = { argoApplicationStatus: { ...rest, applications: slim } };
    if (bytesOf(fitting) <= most) return fitting;
    const bare = slim.map((application) => ({ ...application, resources: [], history: [], events: [] }));
    const last = { argoApplicationStatus: { ...rest, applications: bare } };
    // Half of the Applications would look as if the others were gone.
    return bytesOf(last) <= most ? last : undefined;
  }
  if ('inventorySnapshot' in envelope) {
    const { resources, ...rest } = envelope.inventorySnapshot;
    if ((resources ?? []).length === 0) return undefined;
    return fitMessage({ inventorySnapshot: { ...rest, resources: half(resources) } }, most);
  }
  if ('driftReport' in envelope) {
    const { findings, ...rest } = envelope.driftReport;
    // An empty report would say that nothing has drifted.
    if ((findings ?? []).length < 2) return undefined;
    return fitMessage({ driftReport: { ...rest, findings: half(findings) } }, most);
  }
  return undefined;
}
