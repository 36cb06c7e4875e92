import { Refusal } from '../domain/refusal/refusal.ts';

/** Where a variable is set; the nearest to the service wins. */
export type VariableScope = 'service' | 'tenant' | 'environment' | 'repository';

/** Nearest first: the order in which scopes are asked. */
export const variableScopes: readonly VariableScope[] = ['service', 'tenant', 'environment', 'repository'];

/** A value with the text that stands in the file, so that `1.10` stays `1.10`. */
export interface PlainValue {
  readonly kind: 'plain';
  readonly value: string | number | boolean;
  readonly text: string;
}

/** A key of a Kubernetes Secret. The value itself is never in Git, nor in anything we show. */
export interface SecretValue {
  readonly kind: 'secret';
  readonly name: string;
  readonly key: string;
}

export type VariableValue = PlainValue | SecretValue;

/** One variable and where it is written. */
export interface Variable extends At {
  readonly key: string;
  readonly value: VariableValue;
  readonly scope: VariableScope;
}

/** A place in a file of the repository. Lines count from 1. */
export interface At {
  readonly file: string;
  readonly line: number;
}

/** What a file has wrong, and where, in one line. */
export const deliveryFault = ({ file, line }: At, reason: string): Refusal =>
  new Refusal('delivery_invalid', { file, line, reason });
