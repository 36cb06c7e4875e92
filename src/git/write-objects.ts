import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, deflateSync } from 'node:zlib';
import { failPoint } from '../std/fail-point.ts';
import { withHeader } from './encoded-object.ts';
import type { EncodedObject } from './encoded-object.ts';
import { makeFanOut } from './fan-out.ts';
import { placePack } from './place-pack.ts';
import type { Repository } from './repository.ts';
import { quick, storedStream } from './stored-stream.ts';
import { syncFile, syncFolder } from './sync-folder.ts';
import { asUnwritable, codeOf } from './unwritable.ts';

/** An object whose bytes are on the disk, but not yet under its own name. */
interface Staged {
  readonly temporary: string;
  readonly final: string;
}

/** Objects on their way to the disk. Both throw `repository_unwritable`. */
export interface Placement {
  /** They are there for everybody. */
  readonly placed: Promise<void>;
  /** They are there for good, and something may refer to them. */
  readonly durable: Promise<void>;
}

/**
 * Writes objects so that they survive a power cut. Few are loose objects, which appear in the given order (children
 * first, the commit last), each whole or not at all; many, in a repository of ours, are a pack.
 *
 * An object that is there already is written again: that costs as much as looking for it in every pack, and replaces
 * the empty file that a power cut leaves where git had written without fsync. Packed copies do no harm; gc drops ours.
 */
export function placeObjects(repository: Repository, objects: readonly EncodedObject[]): Placement {
  const unique = [...new Map(objects.map((object) => [object.oid, object])).values()];
  // In repositories of others, how objects are kept is theirs to say.
  const place = repository.owned && unique.length >= worthPacking ? placePack : placeLoose;
  const named = place(repository, unique);
  const placed = named.then(() => undefined);
  const durable = named.then((folders) => syncNames(repository, folders));
  // Whoever waits for them later is told; until then a failure is nobody's.
  placed.catch(() => undefined);
  durable.catch(() => undefined);
  return { placed, durable };
}

/** Writes each into a file of its own. Answers the folders that have new names in them. */
async function placeLoose(
  repository: Repository,
  objects: readonly EncodedObject[],
): Promise<ReadonlySet<string>> {
  const folder = join(repository.commonDir, 'objects');
  const staged: Staged[] = [];
  const touched = new Set<string>();
  try {
    for (let at = 0; at < objects.length; at += atOnce) {
      const outcomes = await Promise.allSettled(
        objects.slice(at, at + atOnce).map((object) => stage(folder, object, touched)),
      );
      for (const outcome of outcomes) if (outcome.status === 'fulfilled') staged.push(outcome.value);
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    }
    await failPoint('git.objects.staged');
    for (const { temporary, final } of staged) {
      renameSync(temporary, final);
      await failPoint('git.object.placed');
    }
    return touched;
  } catch (error) {
    for (const { temporary } of staged) removeQuietly(temporary);
    throw asUnwritable(repository, error);
  }
}

/** Only then are the names themselves on the disk. */
async function syncNames(repository: Repository, folders: ReadonlySet<string>): Promise<void> {
  try {
    // A failed fsync is never tried again: the second one would succeed without having written anything.
    await Promise.all([...folders].map(syncFolder));
    await failPoint('git.objects.durable');
  } catch (error) {
    throw asUnwritable(repository, error);
  }
}

/** Writes loose objects and returns when they survive a power cut. Throws `repository_unwritable`. */
export async function writeObjects(repository: Repository, objects: readonly EncodedObject[]): Promise<void> {
  await placeObjects(repository, objects).durable;
}

const atOnce = 64;

/**
 * Fewer are not worth a pack, of which maintenance has to make larger ones later. A commit with the trees of three
 * folders is: as loose objects these are eight syncs of the disk, as a pack three.
 */
const worthPacking = 4;

const ours = randomBytes(9).toString('base64url');
let names = 0;

/** A name that nobody else takes. Git's own prefix, so that its gc sweeps up what a crash left behind. */
function nextName(): string {
  names += 1;
  return `tmp_obj_${ours}${names.toString(36)}`;
}

/** Only compressing and fsync are worth a trip to another thread; creating and naming a small file takes less than it. */
async function stage(folder: string, object: EncodedObject, touched: Set<string>): Promise<Staged> {
  const fanOut = join(folder, object.oid.slice(0, 2));
  const temporary = join(fanOut, nextName());
  const bytes = await compress(withHeader(object.type, object.content));
  const file = openNew(temporary, () => {
    makeFanOut(fanOut);
    touched.add(folder);
  });
  touched.add(fanOut);
  try {
    writeFileSync(file, bytes);
    await failPoint('git.object.written');
    await syncFile(file);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  } finally {
    closeSync(file);
  }
  return { temporary, final: join(fanOut, object.oid.slice(2)) };
}

function openNew(path: string, makeFolder: () => void): number {
  try {
    return openSync(path, 'wx', 0o444);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    makeFolder();
    return openSync(path, 'wx', 0o444);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What made the write fail is told; what is left behind is swept up by gc.
  }
}

const deflateLater = promisify(deflate);
/** Bytes of a block of the disk: a smaller file occupies as much. */
const block = 4096;
// A trip to another thread costs more than compressing an object of usual size.
const compress = async (bytes: Buffer): Promise<Buffer> => {
  if (bytes.length > 65_536) return deflateLater(bytes, { level: 1 });
  return bytes.length < block ? storedStream(bytes) : deflateSync(bytes, quick);
};
