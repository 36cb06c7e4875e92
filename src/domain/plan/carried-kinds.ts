/** What promotions carry: everything else of a service belongs to its environment. */
export const carriedKinds = ['image', 'chart', 'values', 'variables'] as const;
export type CarriedKind = (typeof carriedKinds)[number];
