import type { Walk } from '../../tree/object.ts';
import { listScopes } from '../layout/list-scopes.ts';
import { Refusal } from '../refusal/refusal.ts';
import { checkScope } from './check-scope.ts';
import { impactOf } from './impact.ts';
import type { Hazard, Plan } from './plan.ts';
import { groupByService, oddEntryHazards } from './plan-parts.ts';
import { type PromotedService, promoteService } from './promote-service.ts';
import type { PromotionQuery } from './promotion-query.ts';
import { sourcesOf } from './written-file.ts';

/**
 * Plans a promotion: of the named services of a tenant, what is theirs wherever they run (image, chart version, values,
 * variables) becomes in the later environment as it is in the earlier one; what belongs to an environment stays, and
 * is named with the reason. Same query, same plan. Throws a Refusal when a name means nothing, or the order is wrong.
 */
export function* planPromotion(query: PromotionQuery): Walk<Plan> {
  const { tenant, from, to, base, layout } = query;
  checkOrder(query);
  yield* checkScope(layout, base.tree, { tenant, environment: to });
  const names = yield* servicesOf(query);
  const outcomes: (PromotedService & { readonly service: string })[] = [];
  for (const service of names) outcomes.push({ service, ...(yield* promoteService(query, service)) });
  const written = outcomes.flatMap((outcome) => outcome.written);
  const refused = outcomes.flatMap((outcome) => outcome.refused);
  const files = written.map(({ file }) => file);
  const services = groupByService(
    layout,
    files,
    written.flatMap(({ fields }) => fields),
  );
  return {
    kind: 'promotion',
    mode: names.length === 1 ? 'service' : 'full',
    tenant,
    environment: to,
    from,
    service: names.length === 1 ? names[0] : undefined,
    base: base.revision,
    target: undefined,
    edits: refused.length > 0 ? [] : written.map(({ edit }) => edit),
    sources: written.flatMap(sourcesOf),
    services,
    shared: [],
    kept: outcomes.flatMap(({ kept }) => kept),
    hazards: [...outcomes.filter(({ isNew }) => isNew).map(newHazard(query)), ...oddEntryHazards(files)],
    refused,
    conflicts: [],
    impact: impactOf(services),
  };
}

function checkOrder({ from, to, layout: { environments } }: PromotionQuery): void {
  const [first, second] = [environments.indexOf(from), environments.indexOf(to)];
  if (first >= 0 && first < second) return;
  const order =
    environments.length === 0 ? 'knowngood.yaml declares no environments' : environments.join(', ');
  throw new Refusal('promotion_order', { from, to, order });
}

/** Those that were named, or all of the earlier environment. */
function* servicesOf({ tenant, from, services, base, layout }: PromotionQuery): Walk<readonly string[]> {
  const place = { tenant, environment: from };
  if (services.length === 0) {
    yield* checkScope(layout, base.tree, place);
    const [found] = yield* listScopes(layout, base.tree, place);
    return found?.services ?? [];
  }
  for (const service of services) yield* checkScope(layout, base.tree, { ...place, service });
  return [...new Set(services)].toSorted();
}

const newHazard =
  ({ from, to }: PromotionQuery) =>
  ({ service, written }: PromotedService & { readonly service: string }): Hazard => ({
    code: 'new_in_environment',
    message: `${to} does not have ${service} yet: all its files come as they are in ${from}`,
    blocking: false,
    paths: written.map(({ file }) => file.path),
  });
