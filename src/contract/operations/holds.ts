import { z } from 'zod';
import { hold, holdLift, holdReapply } from '../hold.ts';
import { created, json } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { page, paging } from '../primitives.ts';
import { projectParams } from '../project.ts';
import { request } from '../request.ts';
import { idParams } from '../webhook.ts';

export const holdOperations = {
  listHolds: {
    method: 'GET',
    path: '/projects/{slug}/holds',
    summary: 'Values that rollbacks took away and that may not come back, newest first',
    access: 'read',
    about: 'project',
    params: projectParams,
    query: z.strictObject({ state: z.enum(['in_force', 'all']).optional(), ...paging }),
    answer: json(page(hold)),
    refusals: [],
  },
  getHold: {
    method: 'GET',
    path: '/holds/{id}',
    summary: 'One hold',
    access: 'read',
    about: 'hold',
    params: idParams,
    answer: json(hold),
    refusals: [],
  },
  reapplyHold: {
    method: 'POST',
    path: '/holds/{id}/reapply',
    summary: 'Take away again what somebody brought back past the server, by a request',
    access: 'request',
    about: 'hold',
    params: idParams,
    body: holdReapply,
    answer: created(request),
    refusals: ['hold_stands', 'nothing_to_change', 'freeze_window'],
  },
  liftHold: {
    method: 'POST',
    path: '/holds/{id}/lift',
    summary: 'Let a held value come back, with a reason',
    access: 'lift_hold',
    about: 'hold',
    params: idParams,
    body: holdLift,
    answer: json(hold),
    refusals: ['field_missing', 'hold_ended'],
  },
} as const satisfies Record<string, Operation>;
