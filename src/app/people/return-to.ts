const start = '/';

/**
 * Where the browser goes after signing in: a page of ours, or the start page. Anything that a browser could take for
 * another site, or that is no page, becomes the start page.
 */
export function returnTo(wish: string | undefined, publicUrl: string): string {
  // Browsers drop tabs and newlines from addresses and read a backslash as a slash.
  if (wish === undefined || wish.length > 1_000 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wish)) return start;
  if (!URL.canParse(wish, publicUrl)) return start;
  const url = new URL(wish, publicUrl);
  if (url.origin !== new URL(publicUrl).origin || /^\/(?:api|git)(?:\/|$)/.test(url.pathname)) return start;
  // `/.//evil` is `//evil` once its dots are resolved.
  return url.pathname.startsWith('//') ? start : `${url.pathname}${url.search}${url.hash}`;
}
