import { InvalidArgumentError } from 'commander';

/** `SERVICE:FIELD` as it was typed; without a service it is a field of the tenant-environment itself. */
export interface TypedField {
  readonly service: string | undefined;
  readonly field: string;
}

/** `SERVICE:FIELD=VALUE`. The value is still a text. */
export interface TypedSetting extends TypedField {
  readonly text: string;
}

/** `PATH=LOCALFILE`: a path of the repository, and the file here that has its new content. */
export interface TypedFile {
  readonly path: string;
  readonly from: string;
}

/** Reads `api-gateway:image.tag=v2.1.1`; brackets of a field may hold `=` themselves. */
export function readSetting(typed: string): TypedSetting {
  const at = equalsAt(typed);
  if (at < 1) throw new InvalidArgumentError('Give it as SERVICE:FIELD=VALUE.');
  return { ...readField(typed.slice(0, at)), text: typed.slice(at + 1) };
}

/** Reads `api-gateway:image.tag`. */
export function readField(typed: string): TypedField {
  const [, service, field = ''] = /^(?:([A-Za-z0-9][\w.-]*):)?(.*)$/s.exec(typed) ?? [];
  if (field.trim() === '') throw new InvalidArgumentError('Give it as SERVICE:FIELD.');
  return { service, field };
}

/** Reads `tenants/acme/production/web/values.yaml=./values.yaml`. */
export function readFile(typed: string): TypedFile {
  const at = typed.indexOf('=');
  if (at < 1 || at === typed.length - 1) throw new InvalidArgumentError('Give it as PATH=LOCALFILE.');
  return { path: typed.slice(0, at), from: typed.slice(at + 1) };
}

/** The first `=` that stands in no bracket. */
function equalsAt(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[') depth += 1;
    if (character === ']') depth -= 1;
    if (character === '=' && depth <= 0) return index;
  }
  return -1;
}
