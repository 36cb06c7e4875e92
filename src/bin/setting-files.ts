import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { SettingFile, SettingText } from './server-settings.ts';

/** The content of a file that a setting names. Throws `setting_file_unreadable`. */
export function readSettingFile({ setting, path }: SettingFile): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal('setting_file_unreadable', { setting, path, reason });
  }
}

/** The same of a file with at most so many bytes. Throws `setting_invalid` for a longer one. */
export function readShortFile({ setting, path }: SettingFile, most: number): string {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(most + 1);
      let size = 0;
      for (let read = -1; read !== 0 && size < bytes.length; size += read)
        read = readSync(file, bytes, size, bytes.length - size, null);
      if (size <= most) return bytes.toString('utf8', 0, size);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal('setting_file_unreadable', { setting, path, reason });
  }
  throw new Refusal('setting_invalid', { setting, reason: `${path} has more than ${most} bytes` });
}

/** The text that was given, itself or in a file. */
export const readSettingText = (given: SettingText): string =>
  'text' in given ? given.text : readSettingFile(given);
