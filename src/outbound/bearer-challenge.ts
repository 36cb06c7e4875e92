/** Where a registry sends those who ask it without a token. */
export interface BearerChallenge {
  readonly realm: string;
  readonly service: string | undefined;
}

const longest = 4096;

/** The `Bearer` part of a `WWW-Authenticate` header; undefined where there is none, as where a password is asked for. */
export function bearerChallenge(header: string | undefined): BearerChallenge | undefined {
  if (header === undefined || header.length > longest) return undefined;
  const [, text] = /(?:^|,)\s*Bearer\s+(.*)$/i.exec(header) ?? [];
  if (text === undefined) return undefined;
  const told = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/([A-Za-z_]{1,32})="([^"\\]*)"/g)) {
    const key = name.toLowerCase();
    // What comes after them belongs to another challenge.
    if (!told.has(key)) told.set(key, value);
  }
  const realm = told.get('realm');
  return realm === undefined || realm === '' ? undefined : { realm, service: told.get('service') };
}

/** Whether a `WWW-Authenticate` header asks for a user name and a password. */
export const asksPassword = (header: string | undefined): boolean =>
  header !== undefined && header.length <= longest && /(?:^|,)\s*Basic(?:\s|,|$)/i.test(header);
