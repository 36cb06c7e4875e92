interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

const decimal: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

// Digits and exponent are limited, so that comparing takes no time whatever the text says.
const form = /^([+-]?)(\d{0,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i))?$/;

/** A Kubernetes quantity as an exact number; undefined when the text is none. */
function readQuantity(text: string): Rational | undefined {
  const [whole, sign, before = '', after = '', exponent = '0', suffix = ''] = form.exec(text) ?? [];
  if (whole === undefined || `${before}${after}` === '') return undefined;
  const tens = Number(exponent) + (decimal[suffix] ?? 0) - after.length;
  const digits = BigInt(`${before}${after}`) * (sign === '-' ? -1n : 1n);
  const scaled = digits * 2n ** BigInt(binary[suffix] ?? 0);
  return tens >= 0
    ? { over: scaled * 10n ** BigInt(tens), under: 1n }
    : { over: scaled, under: 10n ** BigInt(-tens) };
}

/** True when both are quantities of one size: `1` and `1000m`, `1Gi` and `1024Mi`, `0.5` and `500m`. */
export function sameQuantity(one: unknown, other: unknown): boolean {
  if (!isWritten(one) || !isWritten(other)) return false;
  const [a, b] = [readQuantity(String(one)), readQuantity(String(other))];
  return a !== undefined && b !== undefined && a.over * b.under === b.over * a.under;
}

const isWritten = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
