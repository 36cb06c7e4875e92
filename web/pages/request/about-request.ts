import type { Request } from '../../../src/contract/request.ts';

type Told = Pick<Request, 'project' | 'affectedServices' | 'recurring' | 'duringFreeze'>;

/** What stands after the id of a request: where it is, and what is unusual about it. */
export const aboutRequest = ({ project, affectedServices, recurring, duringFreeze }: Told): string =>
  [
    `in ${project}`,
    affectedServices.join(', '),
    ...(recurring === null ? [] : [`rollback ${recurring} of this place within 30 days`]),
    ...(duringFreeze === null ? [] : [`not held up by the freeze ${duringFreeze}`]),
  ].join(' · ');
