import type { Plan } from '../../domain/plan/plan.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import { diffedFile, readChangedTexts } from '../read-changed-texts.ts';

/** One changed file, whole. A text is absent where there is no file; both are, when `opaque` says why. */
export interface ShownText {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly opaque: string | undefined;
}

const obstacles = { secret: 'it holds a secret', binary: 'it is binary, too large, or a link' } as const;

/** The text that a plan finds and the one it leaves, of one of its files; nothing for any other file. */
export async function shownText(
  at: { readonly reader: ObjectReader },
  plan: Plan,
  path: string,
): Promise<ShownText | undefined> {
  const services = plan.services.map((service) => ({
    ...service,
    files: service.files.filter((file) => file.path === path),
  }));
  const [changed] = await readChangedTexts(at, { ...plan, services });
  if (!changed) return undefined;
  const { hidden, before, after } = diffedFile(changed);
  if (hidden !== undefined) return { path, before: undefined, after: undefined, opaque: obstacles[hidden] };
  return { path, before, after, opaque: undefined };
}
