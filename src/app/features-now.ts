import { type Features, type PlanName, featuresOf } from '../domain/policy/features.ts';
import type { Tables } from '../store/tables.ts';
import type { HubSettings } from './hub.ts';

/** Under this name the plan is kept once an owner has changed it; until then the server's own setting counts. */
export const planSetting = 'plan';

/** What this server may do at this moment. Asked again at every step. */
export async function featuresNow(
  tables: Pick<Tables, 'settings'>,
  { plan, switchedOff }: Pick<HubSettings, 'plan' | 'switchedOff'>,
): Promise<Features> {
  return featuresOf((await tables.settings.get<PlanName>(planSetting)) ?? plan, switchedOff);
}
