import { hash } from 'node:crypto';
import type { Oid, TreeObject } from '../tree/object.ts';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** An object ready to be written: its content without the header, and the id that header and content give it. */
export interface EncodedObject {
  readonly oid: Oid;
  readonly type: ObjectType;
  readonly content: Buffer;
  /** Of a tree that was made here: what reading the content would give. */
  readonly tree?: TreeObject;
}

/** What an object's id is computed from, and what a loose object file holds compressed. */
export const withHeader = (type: ObjectType, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${type} ${content.length}\0`, 'latin1'), content]);

/** The id of an object with this content. */
export const objectId = (type: ObjectType, content: Buffer): Oid => hash('sha1', withHeader(type, content));

export const encodeObject = (type: ObjectType, content: Buffer): EncodedObject => ({
  oid: objectId(type, content),
  type,
  content,
});

export const encodeBlob = (text: string): EncodedObject => encodeObject('blob', Buffer.from(text));

/** A full object id, as git prints it. */
export const isOid = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
