import type { Hub } from '../../app/hub.ts';
import type { Handlers } from '../handler.ts';
import { accountHandlers } from './accounts.ts';
import { auditHandlers } from './audit.ts';
import { authHandlers } from './auth.ts';
import { breakGlassHandlers } from './break-glass.ts';
import { clusterHandlers } from './clusters.ts';
import { deploymentHandlers } from './deployments.ts';
import { holdHandlers } from './holds.ts';
import { type ProgramFacts, instanceHandlers } from './instance.ts';
import { judgementHandlers } from './judgements.ts';
import { pinHandlers } from './pins.ts';
import { policyHandlers } from './policies.ts';
import { projectHandlers } from './projects.ts';
import { requestHandlers, submissionHandlers } from './requests.ts';
import { tokenHandlers } from './tokens.ts';
import { variableHandlers } from './variables.ts';
import { webhookHandlers } from './webhooks.ts';

/** Every operation of the table, over the use cases of a hub. */
export const hubHandlers = (hub: Hub, program: ProgramFacts): Handlers => ({
  ...instanceHandlers(hub, program),
  ...authHandlers(hub),
  ...accountHandlers(hub),
  ...tokenHandlers(hub),
  ...projectHandlers(hub),
  ...deploymentHandlers(hub),
  ...policyHandlers(hub),
  ...submissionHandlers(hub),
  ...requestHandlers(hub),
  ...breakGlassHandlers(hub),
  ...holdHandlers(hub),
  ...pinHandlers(hub),
  ...variableHandlers(hub),
  ...auditHandlers(hub),
  ...webhookHandlers(hub),
  ...clusterHandlers(hub),
  ...judgementHandlers(hub),
});
