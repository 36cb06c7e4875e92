/** The first eight characters of a commit id, as they stand everywhere. */
export const shortSha = (sha: string): string => sha.slice(0, 8);
