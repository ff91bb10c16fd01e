import { holdsAllCases } from './env';

const PART = 4;

/** How many cases a long property takes: `all` of them in `npm run drills`, a quarter each time that the specs run. */
export const casesOf = (all: number): number => (holdsAllCases() ? all : Math.ceil(all / PART));
