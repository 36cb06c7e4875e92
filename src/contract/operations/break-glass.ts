import { z } from 'zod';
import { breakGlassInput, breakGlassReviewInput, breakGlassSession } from '../break-glass.ts';
import { created, json } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { page, paging } from '../primitives.ts';
import { projectParams } from '../project.ts';
import { idParams } from '../webhook.ts';

export const breakGlassOperations = {
  openBreakGlass: {
    method: 'POST',
    path: '/projects/{slug}/break-glass',
    summary: 'Open a break-glass session: for its minutes, approvals are bypassed, never the audit',
    access: 'break_glass',
    about: 'project',
    params: projectParams,
    body: breakGlassInput,
    answer: created(breakGlassSession),
    refusals: [
      'justification_required',
      'break_glass_role',
      'break_glass_minutes',
      'break_glass_open',
      'break_glass_renewal',
      'break_glass_debt',
      'reauthentication_required',
      'feature_off',
    ],
  },
  listBreakGlass: {
    method: 'GET',
    path: '/projects/{slug}/break-glass',
    summary: 'Break-glass sessions, newest first',
    access: 'read',
    about: 'project',
    params: projectParams,
    query: z.strictObject({ state: z.enum(['open', 'ended', 'unreviewed']).optional(), ...paging }),
    answer: json(page(breakGlassSession)),
    refusals: [],
  },
  listUnreviewedBreakGlass: {
    method: 'GET',
    path: '/break-glass',
    summary: 'Sessions that are open or wait for their review, in every project that you can see',
    access: 'signed_in',
    about: 'instance',
    query: z.strictObject(paging),
    answer: json(page(breakGlassSession)),
    refusals: [],
  },
  getBreakGlass: {
    method: 'GET',
    path: '/break-glass/{id}',
    summary: 'One break-glass session',
    access: 'read',
    about: 'break_glass',
    params: idParams,
    answer: json(breakGlassSession),
    refusals: [],
  },
  revokeBreakGlass: {
    method: 'DELETE',
    path: '/break-glass/{id}',
    summary: 'End a session of yours before its time; with the right to review, any session',
    access: 'break_glass_end',
    about: 'break_glass',
    params: idParams,
    answer: json(breakGlassSession),
    refusals: ['break_glass_ended'],
  },
  reviewBreakGlass: {
    method: 'POST',
    path: '/break-glass/{id}/review',
    summary: 'Close the review of a session of somebody else',
    access: 'break_glass_review',
    about: 'break_glass',
    params: idParams,
    body: breakGlassReviewInput,
    answer: json(breakGlassSession),
    refusals: ['field_missing', 'break_glass_own_review', 'break_glass_reviewed', 'break_glass_still_open'],
  },
} as const satisfies Record<string, Operation>;
