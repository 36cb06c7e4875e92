import { z } from 'zod';
import { json } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { pin } from '../pin.ts';
import { list } from '../primitives.ts';
import { projectParams } from '../project.ts';

export const pinOperations = {
  listPins: {
    method: 'GET',
    path: '/projects/{slug}/pins',
    summary: 'Fields that rollbacks hold at what shared files said',
    access: 'read',
    about: 'project',
    params: projectParams,
    query: z.strictObject({
      tenant: z.string().optional(),
      environment: z.string().optional(),
      service: z.string().optional(),
    }),
    answer: json(list(pin)),
    refusals: ['project_invalid', 'layout_invalid'],
  },
} as const satisfies Record<string, Operation>;
