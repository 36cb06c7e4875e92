import type { Plan, PlannedFile } from '../domain/plan.ts';
import { readTexts } from '../domain/read-texts.ts';
import { drive } from '../git/drive.ts';
import { isRegularFile } from '../tree/object.ts';
import type { OpenedBranch } from './open-branch.ts';

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
export async function readChangedTexts(opened: OpenedBranch, plan: Plan): Promise<readonly ChangedText[]> {
  const files = plan.services.flatMap((service) => service.files);
  const secrets = new Set(
    plan.services.flatMap((service) => service.fields.filter(({ secret }) => secret).map(({ file }) => file)),
  );
  const texts = await drive(
    opened.reader,
    readTexts(files.flatMap(({ before, after }) => [before?.oid, after?.oid])),
  );
  const written = new Map(
    plan.edits.flatMap((edit) => (edit.kind === 'write' ? [[edit.path, edit.text]] : [])),
  );
  return files.map((file) => {
    const [before, then] = [file.before, file.after].map((side) => texts.get(side?.oid ?? ''));
    const after = written.get(file.path) ?? then;
    const readable = [
      [file.before, before],
      [file.after, after],
    ].every(
      ([side, text]) =>
        side === undefined || (text !== undefined && isRegularFile(file.before?.mode ?? '100644')),
    );
    return { file, before, after, shown: readable, secret: secrets.has(file.path) };
  });
}
