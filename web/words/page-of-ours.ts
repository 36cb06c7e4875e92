/** The wished address if it is one of our own pages, else the overview: a link must not lead to somebody else's. */
export const pageOfOurs = (wish: string | undefined): string =>
  wish !== undefined &&
  /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wish) &&
  !/^\/(?:api|git|sign-in)(?:[/?#]|$)/.test(wish)
    ? wish
    : '/';
