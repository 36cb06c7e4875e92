/** A line of the server as the beginning of a sentence: its first letter large. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
