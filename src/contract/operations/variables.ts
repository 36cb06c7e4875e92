import { z } from 'zod';
import { json } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { segment, slug } from '../primitives.ts';
import { variable } from '../variable.ts';

export const variableOperations = {
  listVariables: {
    method: 'GET',
    path: '/projects/{slug}/tenant-environments/{tenant}/{environment}/variables',
    summary: 'What HQ variables are for each service that is generated, and where each is set',
    access: 'read',
    about: 'project',
    params: z.object({ slug, tenant: segment, environment: segment }),
    query: z.strictObject({ service: segment.optional() }),
    answer: json(
      z.object({
        items: z.array(variable),
        complete: z.boolean().describe('False where more services have some; ask for one at a time.'),
      }),
    ),
    refusals: [
      'project_invalid',
      'layout_invalid',
      'delivery_invalid',
      'tenant_unknown',
      'environment_unknown',
      'service_unknown',
    ],
  },
} as const satisfies Record<string, Operation>;
