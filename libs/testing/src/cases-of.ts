import { holdsAllCases } from './env';

const PART = 4;

/** How many cases, sessions or milliseconds a long test takes: `all` of them in `npm run drills`, a quarter each other time. */
export const casesOf = (all: number): number => (holdsAllCases() ? all : Math.ceil(all / PART));
