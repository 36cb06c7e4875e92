// Runs before everything else of the console: what libraries read once, when they are loaded.
import { z } from 'zod';
import { nonce } from './nonce.ts';

// Zod would try `new Function`, which the policy of the page forbids and the browser reports.
z.config({ jitless: true });

// Where the library that locks scrolling below a dialog looks for the nonce of its style.
Object.assign(globalThis, { __webpack_nonce__: nonce });

// A page that was open while a newer console was installed asks for files that are gone: it starts anew, once.
window.addEventListener('vite:preloadError', (event) => {
  const last = Number(sessionStorage.getItem('reloaded') ?? '0');
  if (Date.now() - last < 10_000) return;
  event.preventDefault();
  sessionStorage.setItem('reloaded', String(Date.now()));
  window.location.reload();
});
