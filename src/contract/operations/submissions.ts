import { created, json } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { preview } from '../plan.ts';
import { projectParams } from '../project.ts';
import { releaseInput, releasePreviewInput } from '../release.ts';
import { request, rollbackInput, rollbackPreviewInput, undoInput, undoPreviewInput } from '../request.ts';

const planning = [
  'target_sha_required',
  'empty_field_selection',
  'mode_off',
  'feature_off',
  'service_required',
  'tenant_unknown',
  'environment_unknown',
  'service_unknown',
  'revision_unknown',
  'revision_ambiguous',
  'revision_not_ancestor',
  'revision_elsewhere',
  'target_without_scope',
  'field_unknown',
  'field_ambiguous',
  'fields_refused',
  'deletes_service',
  'nothing_to_change',
] as const;
const submitting = [
  'justification_required',
  'digest_stale',
  'freeze_window',
  'held',
  'scope_moved',
] as const;

const releasing = [
  'release_empty',
  'tenant_unknown',
  'environment_unknown',
  'service_unknown',
  'field_ambiguous',
  'field_malformed',
  'release_field_unknown',
  'release_fields_refused',
  'release_path',
  'nothing_to_change',
] as const;

/** What starts a request: look first, then submit. */
export const submissionOperations = {
  previewRollback: {
    method: 'POST',
    path: '/projects/{slug}/rollback/preview',
    summary: 'What a rollback would change, and what submitting it would lead to; changes nothing',
    access: 'preview',
    about: 'project',
    params: projectParams,
    body: rollbackPreviewInput,
    answer: json(preview),
    refusals: planning,
  },
  submitRollback: {
    method: 'POST',
    path: '/projects/{slug}/rollback-requests',
    summary: 'Submit a rollback: it runs at once, or waits for its approvals',
    access: 'request',
    about: 'project',
    params: projectParams,
    body: rollbackInput,
    answer: created(request),
    refusals: [...planning, ...submitting],
  },
  previewUndo: {
    method: 'POST',
    path: '/projects/{slug}/undo/preview',
    summary: 'What taking back one commit would change; changes nothing',
    access: 'preview',
    about: 'project',
    params: projectParams,
    body: undoPreviewInput,
    answer: json(preview),
    refusals: [
      'field_missing',
      'revision_unknown',
      'commit_without_parent',
      'undo_conflict',
      'nothing_to_change',
    ],
  },
  submitUndo: {
    method: 'POST',
    path: '/projects/{slug}/undo-requests',
    summary: 'Submit the undo of one commit',
    access: 'request',
    about: 'project',
    params: projectParams,
    body: undoInput,
    answer: created(request),
    refusals: [
      'field_missing',
      'revision_unknown',
      'commit_without_parent',
      'undo_conflict',
      'nothing_to_change',
      ...submitting,
    ],
  },
  previewRelease: {
    method: 'POST',
    path: '/projects/{slug}/releases/preview',
    summary: 'What a release would change, and what submitting it would lead to; changes nothing',
    access: 'preview',
    about: 'project',
    params: projectParams,
    body: releasePreviewInput,
    answer: json(preview),
    refusals: releasing,
  },
  submitRelease: {
    method: 'POST',
    path: '/projects/{slug}/releases',
    summary: 'Submit a release of fields and files: it runs at once, or waits for its approvals',
    access: 'request',
    about: 'project',
    params: projectParams,
    body: releaseInput,
    answer: created(request),
    refusals: [...releasing, ...submitting],
  },
} as const satisfies Record<string, Operation>;
