import type { Request } from '../../../src/contract/request.ts';
import { shellQuoted } from '../../../src/std/shell-quoted.ts';

type Pinned = Pick<Request, 'project' | 'scope'> & { readonly plan: Pick<Request['plan'], 'pins'> };

/** The command that takes exactly the pins of a rollback away; undefined where none belongs to a service. */
export function removePinsCommand({ project, scope, plan }: Pinned): string | undefined {
  const [where] = scope.where;
  const pins = plan.pins.flatMap(({ service, name, address }) =>
    service === null ? [] : [`${service}:${address ?? name}`],
  );
  if (!where || pins.length === 0) return undefined;
  const place = ['-p', project, '-t', where.tenant, '-e', where.environment];
  return ['knowngood', 'pins', 'remove', ...place, ...pins].map(shellQuoted).join(' ');
}
