import type { Tables } from '../../store/tables.ts';

/** How the last fetch of a connected project went; times are epoch milliseconds. */
export interface FetchState {
  /** The last one that worked. */
  readonly at: number | undefined;
  /** The branch as it was then. */
  readonly tip: string | undefined;
  readonly error: string | undefined;
  /** Up to where the hub has seen to generated files, and the tip at which it could not. */
  readonly followed?: string | undefined;
  readonly unfollowed?: string | undefined;
  /** Why it could not; whether the fetch worked is said by `error`. */
  readonly unfollowedWhy?: string | undefined;
}

const nameOf = (projectId: string): string => `fetch.${projectId}`;

export async function fetchStateOf(
  { settings }: Pick<Tables, 'settings'>,
  projectId: string,
): Promise<FetchState> {
  // JSON leaves absent members out.
  const kept = await settings.get<Partial<FetchState>>(nameOf(projectId));
  return {
    at: kept?.at,
    tip: kept?.tip,
    error: kept?.error,
    followed: kept?.followed,
    unfollowed: kept?.unfollowed,
    unfollowedWhy: kept?.unfollowedWhy,
  };
}

export const saveFetchState = (
  { settings }: Pick<Tables, 'settings'>,
  projectId: string,
  state: FetchState,
): Promise<void> => settings.set(nameOf(projectId), state);
