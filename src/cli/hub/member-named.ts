import type { Client } from '../../contract/client.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { suggestion } from '../../std/nearest.ts';
import { readPages } from './print-list.ts';

/** The account of somebody, by address or id. Throws `member_unknown`. */
export async function memberNamed(client: Client, text: string): Promise<{ readonly id: string }> {
  if (!text.includes('@')) return { id: text };
  const all = await readPages(10_000, (query) => client.call('listMembers', { query }));
  const found = all.find(({ email }) => email.toLowerCase() === text.toLowerCase());
  if (found) return found;
  const known = suggestion(
    text,
    all.map(({ email }) => email),
  );
  throw new Refusal('member_unknown', { email: text, suggestion: known });
}
