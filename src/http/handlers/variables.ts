import type { Hub } from '../../app/hub.ts';
import { listProjectVariables } from '../../app/projects/list-project-variables.ts';
import type { variableOperations } from '../../contract/operations/variables.ts';
import type { HandlersOf } from '../handler.ts';

/** Operations on HQ variables. */
export const variableHandlers = (hub: Hub): HandlersOf<typeof variableOperations> => ({
  listVariables: async ({ actor, params, query }) => {
    const { variables, complete } = await listProjectVariables(hub, actor, { ...params, ...query });
    return { items: variables.map((one) => ({ ...one, overrides: [...one.overrides] })), complete };
  },
});
