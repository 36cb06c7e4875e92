/** Milliseconds since 1970-01-01 UTC. Time is always handed in, so that tests and replays can choose it. */
export type Clock = () => number;
