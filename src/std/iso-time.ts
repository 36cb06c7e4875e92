/** RFC 3339 in UTC without fractions of a second: `2025-06-13T14:00:00Z`. */
export const isoTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
