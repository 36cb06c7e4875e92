/** True when a text has every word of a question, in any order and case; an empty question is in every text. */
export const hasWords = (text: string, question: string): boolean => {
  const low = text.toLowerCase();
  return question
    .toLowerCase()
    .split(/[\s/]+/)
    .every((word) => low.includes(word));
};
