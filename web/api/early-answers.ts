import type { Fetch } from '../../src/contract/client.ts';

declare global {
  interface Window {
    /** What `early.ts` asked for, by address; undefined for what did not come. */
    earlyAnswers?: Map<string, Promise<Response | undefined>>;
  }
}

/**
 * Gives an answer that the page has asked for before its code was there, once; asks for all others. A change forgets
 * them all: whoever signs in, or does something, sees nothing from before.
 */
export const withEarlyAnswers =
  (fetch: Fetch): Fetch =>
  async (url, init) => {
    const answers = window.earlyAnswers;
    if (init.method !== 'GET') answers?.clear();
    const early = answers?.get(url);
    answers?.delete(url);
    return (await early) ?? fetch(url, init);
  };
