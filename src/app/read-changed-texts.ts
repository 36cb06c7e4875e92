import { holdsSecret } from '../domain/diff/holds-secret.ts';
import type { Plan, PlannedFile } from '../domain/plan/plan.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { DiffedFile } from '../domain/diff/unified-diff.ts';
import { drive } from '../git/drive.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import { isRegularFile } from '../tree/object.ts';

/** A file that a plan changes, with its text before and after; a text is absent where there is no file or no text. */
export interface ChangedText {
  readonly file: PlannedFile;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Text against text, or text against nothing: it can be shown line by line. */
  readonly shown: boolean;
  /** Some of its values must not be shown. */
  readonly secret: boolean;
}

/** The texts behind a plan's files, for a diff that people read. */
export async function readChangedTexts(
  { reader }: { readonly reader: ObjectReader },
  plan: Plan,
): Promise<readonly ChangedText[]> {
  const files = plan.services.flatMap((service) => service.files);
  const secrets = new Set(
    plan.services.flatMap((service) => service.fields.filter(({ secret }) => secret).map(({ file }) => file)),
  );
  const written = new Map(
    plan.edits.flatMap((edit) => (edit.kind === 'write' ? [[edit.path, edit.text]] : [])),
  );
  // What is still to be written is not in the repository yet.
  const there = files.flatMap(({ path, before, after }) => (written.has(path) ? [before] : [before, after]));
  const texts = await drive(reader, readTexts(textOids(there)));
  return files.map((file) => {
    const [before, then] = [file.before, file.after].map((side) => texts.get(side?.oid ?? ''));
    const after = written.get(file.path) ?? then;
    const isShown = (side: PlannedFile['before'], text: string | undefined): boolean =>
      side === undefined || (text !== undefined && isRegularFile(side.mode));
    // A file that comes or goes has no changed fields, and one that cannot be read as fields has none either.
    const secret =
      secrets.has(file.path) || [before, then, after].some((text) => text !== undefined && holdsSecret(text));
    return { file, before, after, shown: isShown(file.before, before) && isShown(file.after, after), secret };
  });
}

/** One of them as a diff shows it: nothing of a file with secrets. */
export const diffedFile = ({ file, before, after, shown, secret }: ChangedText): DiffedFile => ({
  file,
  before,
  after,
  hidden: secret ? 'secret' : shown ? undefined : 'binary',
});
