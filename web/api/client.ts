import { type Client, createClient } from '../../src/contract/client.ts';
import { withEarlyAnswers } from './early-answers.ts';

/**
 * The one client of the console. The browser adds the session cookie by itself, and tells the server with `Origin`
 * that the call comes from one of its own pages.
 */
export const client: Client = createClient({
  server: '',
  fetch: withEarlyAnswers((url, init) =>
    fetch(url, { ...init, credentials: 'same-origin', redirect: 'error' }),
  ),
});
