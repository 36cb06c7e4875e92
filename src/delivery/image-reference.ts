/** An image as manifests name it: `ghcr.io/acme/api:v2.1.0`, with a tag, a digest, both or neither. */
export interface ImageReference {
  /** All before the tag: the registry, where it is named, and the repository. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const longest = 512;
const reference =
  /^([a-zA-Z0-9][-._/:a-zA-Z0-9]*?)(?::([\w][-.\w]{0,127}))?(?:@([a-z0-9]+:[0-9a-fA-F]{32,128}))?$/;

/** Undefined for what is no image reference, such as a placeholder or an expression of a chart. */
export function readImage(text: string): ImageReference | undefined {
  const found = text.length <= longest ? reference.exec(text) : null;
  const name = found?.[1];
  return name === undefined ? undefined : { name, tag: found?.[2], digest: found?.[3] };
}

const numbersOf = (tag: string | undefined): readonly number[] | undefined =>
  /^v?\d{1,9}(?:\.\d{1,9}){0,3}$/
    .exec(tag ?? '')?.[0]
    .replace('v', '')
    .split('.')
    .map(Number);

/** Which of two images is the older version, as far as plain version numbers in their tags tell. */
export function compareVersions(
  before: ImageReference,
  after: ImageReference,
): 'older' | 'newer' | undefined {
  const [was, is] = [numbersOf(before.tag), numbersOf(after.tag)];
  if (!was || !is || before.name !== after.name) return undefined;
  const at = [0, 1, 2, 3].find((index) => (was[index] ?? 0) !== (is[index] ?? 0));
  if (at === undefined) return undefined;
  return (is[at] ?? 0) < (was[at] ?? 0) ? 'older' : 'newer';
}
