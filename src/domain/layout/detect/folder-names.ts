import type { Folder } from './folder-tree.ts';
import { isPlainName, isSharedWord } from './folder-words.ts';

/** A folder in which names are looked at. `member` is the tenant or service it belongs to, `environment` its own. */
export interface Place {
  readonly member: string;
  readonly environment: string;
  readonly folder: Folder;
}

/** A name of folders that stands in some of the places. */
export interface FoundName {
  readonly name: string;
  /** Under how many different members it stands. */
  readonly members: number;
  readonly environments: number;
  readonly files: number;
  readonly folders: readonly Folder[];
  readonly places: readonly Place[];
  /** Its name says that it holds what is shared, or parts of a whole. */
  readonly shared: boolean;
}

/** The names of the folders in these places, the most files first. */
export function namesIn(places: readonly Place[]): readonly FoundName[] {
  const found = new Map<string, { place: Place; folder: Folder }[]>();
  for (const place of places) {
    for (const [name, folder] of place.folder.folders) {
      if (!isPlainName(name)) continue;
      const all = found.get(name) ?? [];
      found.set(name, all);
      all.push({ place, folder });
    }
  }
  return [...found]
    .map(([name, spots]) => ({
      name,
      members: new Set(spots.map(({ place }) => place.member)).size,
      environments: new Set(spots.map(({ place }) => place.environment)).size,
      files: spots.reduce((sum, { folder }) => sum + folder.files, 0),
      folders: spots.map(({ folder }) => folder),
      places: spots.map(({ place }) => place),
      shared: isSharedWord(name),
    }))
    .toSorted((a, b) => b.files - a.files || (a.name < b.name ? -1 : 1));
}

export const filesIn = (found: readonly { readonly files: number }[]): number =>
  found.reduce((sum, { files }) => sum + files, 0);

const unit =
  /^(kustomization\.ya?ml|Chart\.ya?ml|.*values.*\.ya?ml|.*release.*\.ya?ml|application.*\.ya?ml|service\.ya?ml)$/;

/** The share of these folders, 0 to 1, that look like something one deploys: a kustomization, a chart, values. */
export function unitShare(found: readonly FoundName[]): number {
  const folders = found.flatMap((one) => one.folders);
  const units = folders.filter(({ leaves }) => leaves.some((leaf) => unit.test(leaf))).length;
  return folders.length === 0 ? 0 : units / folders.length;
}
