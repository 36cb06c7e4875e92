import { useNavigate } from '@tanstack/react-router';
import type { Request } from '../../../src/contract/request.ts';
import { submittedRequest } from './submitted-request.ts';

/** What follows a submission: the page of its request, also when that was saved and could not be carried out. */
export interface AfterSubmit {
  readonly onSuccess: (request: Pick<Request, 'id'>) => void;
  readonly onError: (error: unknown) => void;
}

/** Leads to the page of what was submitted, and forgets the justification that was kept for it. */
export function useAfterSubmit(draftKey: string): AfterSubmit {
  const navigate = useNavigate();
  const show = (id: string): void => {
    sessionStorage.removeItem(draftKey);
    void navigate({ to: '/requests/$id', params: { id } });
  };
  return {
    onSuccess: ({ id }) => show(id),
    onError: (error) => {
      const id = submittedRequest(error);
      if (id !== undefined) show(id);
    },
  };
}
