import { resolve } from 'node:path';

/** A path as typed, made absolute from the working folder. */
export const resolvePath = (cwd: string, path: string): string => resolve(cwd, path);
