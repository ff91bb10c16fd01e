/** How an installation calls hosts outside. */
export interface OutsideOptions {
  /** How long an answer may be. */
  maxBytes: number;
  /** A host that failed so often in a row is left alone for a while. */
  restsAfter: number;
  restMs: number;
  /** The wait after a first try that failed; it doubles. */
  firstWaitMs: number;
}

/** Injection token of OutsideOptions. */
export const OUTSIDE_OPTIONS = Symbol('OUTSIDE_OPTIONS');
