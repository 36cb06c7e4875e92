import type { Request } from '../../domain/request/request.ts';

/** How an audit entry names a request. */
export const aboutRequest = ({ id, projectId }: Pick<Request, 'id' | 'projectId'>) => ({
  object: { type: 'request', id },
  projectId,
  requestId: id,
});
