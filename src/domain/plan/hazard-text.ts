const longest = 200;

/** The beginning of a text of others, as it may stand in a hazard: requests keep those. */
export const shortText = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text;

/**
 * An address as a hazard may repeat it, which many read: scheme, host and path. What stands before an `@`, or behind a
 * question mark, may be a secret.
 */
export function shownAddress(address: string): string {
  const [scheme = ''] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(address) ?? [];
  const at = address.lastIndexOf('@');
  const [place = ''] = address.slice(Math.max(scheme.length, at + 1)).split(/[?#]/, 1);
  return shortText(`${scheme}${at < 0 ? '' : '…@'}${place}`);
}
