import { generatorVersionOf } from './generated-file.ts';

/** What makes an object one of its kind in a cluster, as generated text says it. */
export interface ObjectIdentity {
  readonly group: string;
  readonly kind: string;
  /** Empty where the object says none: then it goes where its Application goes. */
  readonly namespace: string;
  readonly name: string;
}

const below = (key: string, indent: string): RegExp =>
  new RegExp(String.raw`^${indent}${key}:\n((?:${indent}  .*(?:\n|$))*)`, 'm');
const metadataBlock = below('metadata', '');
const destinationBlock = below('destination', '  ');
const nameLine = /^ {2}name: (.*)$/m;
const namespaceLine = /^ {2}namespace: (.*)$/m;

/**
 * The objects in a generated file. Our own printer wrote it, so lines tell without parsing; what others wrote holds
 * none here.
 */
export function identitiesIn(text: string): readonly ObjectIdentity[] {
  if (generatorVersionOf(text) === undefined) return [];
  return text.split(/^---$/m).flatMap((document) => {
    const metadata = metadataBlock.exec(document)?.[1] ?? '';
    const [kind, name] = [/^kind: (.*)$/m.exec(document)?.[1], nameLine.exec(metadata)?.[1]];
    const [, group = ''] = /^apiVersion: (.*)\/[^/\n]*$/m.exec(document) ?? [];
    if (kind === undefined || name === undefined) return [];
    return [{ group, kind, name, namespace: namespaceLine.exec(metadata)?.[1] ?? '' }];
  });
}

/** Where the Application of a generated file brings its objects: the cluster, and the namespace. */
export function destinationIn(text: string): { readonly cluster: string; readonly namespace: string } {
  const block = destinationBlock.exec(text)?.[1] ?? '';
  const valueOf = (key: string): string | undefined => new RegExp(`^ {4}${key}: (.*)$`, 'm').exec(block)?.[1];
  return { cluster: valueOf('server') ?? valueOf('name') ?? '', namespace: valueOf('namespace') ?? '' };
}
