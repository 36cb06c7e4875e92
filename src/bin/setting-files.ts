import { readFileSync } from 'node:fs';
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

/** The text that was given, itself or in a file. */
export const readSettingText = (given: SettingText): string =>
  'text' in given ? given.text : readSettingFile(given);
