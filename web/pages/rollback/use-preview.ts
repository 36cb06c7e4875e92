import { type UseQueryResult, keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Preview } from '../../../src/contract/plan.ts';
import { apiQuery } from '../../api/queries.ts';
import { type Aimed, bodyOf } from './draft.ts';

/**
 * What a rollback would change. Field mode without a field has nothing to ask yet, and what was sent (`isSent`) is not
 * asked for again: it has changed what is there.
 */
export function usePreview(aim: Aimed, isSent = false): UseQueryResult<Preview> {
  return useQuery({
    ...apiQuery('previewRollback', { params: { slug: aim.project }, body: bodyOf(aim) }),
    enabled: !isSent && (aim.mode !== 'field' || aim.fields.length > 0),
    placeholderData: keepPreviousData,
    // A refusal is an answer; asking again gives the same one.
    retry: false,
  });
}
