import type { CallInput } from '../../../src/contract/client.ts';
import { type SharedChoice, sharedChoiceOf, sharedChoices } from '../../../src/domain/plan/shared-choice.ts';

export const modes = ['full', 'service', 'field'] as const;
export type DraftMode = (typeof modes)[number];

export const steps = ['scope', 'place', 'revision', 'preview', 'submit'] as const;
export type Step = (typeof steps)[number];

/** A rollback that is being put together: everything that was chosen so far, and where in the wizard one is. */
export interface Draft {
  readonly mode?: DraftMode | undefined;
  readonly project?: string | undefined;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
  readonly target?: string | undefined;
  /** Addresses of the chosen fields, in field mode. */
  readonly field?: readonly string[] | undefined;
  /** What becomes of changed shared values; the rule of the mode until somebody chooses. */
  readonly shared?: SharedChoice | undefined;
  /** Words that narrow the tenant-environments, and the fields, to choose from. */
  readonly findPlace?: string | undefined;
  readonly findField?: string | undefined;
  /** The file whose text stands open in the preview. */
  readonly text?: string | undefined;
  readonly step?: Step | undefined;
}

/** A draft that says where and how far back. */
export interface Aimed {
  readonly mode: DraftMode;
  readonly project: string;
  readonly tenant: string;
  readonly environment: string;
  readonly service: string | undefined;
  readonly target: string;
  readonly fields: readonly string[];
  readonly shared: SharedChoice;
}

/** The mode that counts: a link that names a service means that service. */
export const modeOf = ({ mode, service }: Draft): DraftMode =>
  mode ?? (service === undefined ? 'full' : 'service');

const hasPlace = (draft: Draft): boolean =>
  draft.project !== undefined &&
  draft.tenant !== undefined &&
  draft.environment !== undefined &&
  (modeOf(draft) === 'full' || draft.service !== undefined);

/** The last step that can be gone to: everything before it is decided. */
export function lastOpenStep(draft: Draft): Step {
  if (!hasPlace(draft)) return 'place';
  if (draft.target === undefined) return 'revision';
  return modeOf(draft) === 'field' && (draft.field ?? []).length === 0 ? 'preview' : 'submit';
}

/** The step to show: the one asked for if it is open, else the first at which something is to be decided. */
export function stepOf(draft: Draft): Step {
  const last = lastOpenStep(draft);
  const isOpen = (step: Step): boolean => steps.indexOf(step) <= steps.indexOf(last);
  if (draft.step !== undefined && isOpen(draft.step)) return draft.step;
  if (draft.mode === undefined && draft.target === undefined) return 'scope';
  return last === 'submit' ? 'preview' : last;
}

/** What can become of changed shared values: single fields have no shared files that could be restored. */
export const sharedChoicesFor = (mode: DraftMode): readonly SharedChoice[] =>
  sharedChoices.filter((choice) => mode !== 'field' || choice !== 'include');

/** What a preview and a submission need, once it is all there. */
export function aimOf(draft: Draft): Aimed | undefined {
  const { project, tenant, environment, target, field = [], shared } = draft;
  if (project === undefined || tenant === undefined || environment === undefined) return undefined;
  if (target === undefined || !hasPlace(draft)) return undefined;
  const mode = modeOf(draft);
  const service = mode === 'full' ? undefined : draft.service;
  const chosen = sharedChoicesFor(mode).find((choice) => choice === shared);
  return {
    mode,
    project,
    tenant,
    environment,
    service,
    target,
    fields: field,
    shared: sharedChoiceOf({ mode, shared: chosen }),
  };
}

/** The body of a preview, the same for a submission but for what a person adds. Each delete is ticked in the form. */
export function bodyOf({
  mode,
  tenant,
  environment,
  service,
  target,
  fields,
  shared,
}: Aimed): CallInput<'previewRollback'>['body'] {
  return {
    mode,
    tenant,
    environment,
    targetSha: target,
    shared,
    allowDelete: true,
    ...(service === undefined ? {} : { service }),
    ...(mode === 'field' ? { selectedFields: [...fields] } : {}),
  };
}
