/** Somebody who is signed in, with a workflow of theirs. */
export interface Person {
  account: string;
  username: string;
  token: string;
  refreshToken: string;
  workflowId: string;
}

/** What the load generator is told before it begins. */
export interface Crowd {
  gatewayUrl: string;
  people: Person[];
  /** Of a published workflow that needs no statement. */
  call: { slug: string; key: string };
}

/** How people come: so many who each go on when they are answered, or so many acts a second whatever becomes of those before. */
export type Arrival = { users: number; seconds: number } | { perSecond: number; seconds: number };

export type Order = { crowd: Crowd } | { tokens: string[] } | { arrival: Arrival };

/** What came of a phase. Rates count what was answered while it lasted. */
export interface Outcome {
  actsPerSecond: number;
  offeredPerSecond: number;
  acceptedPerSecond: number;
  /** 429 and 503 that say when to come again. */
  refusedPerSecond: number;
  /** Everything else, by what it was: each is one too many. */
  failures: Record<string, number>;
  /** Of what was accepted; of a stream, until it began. */
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  /** The same by what was asked. */
  p95MsOf: Record<string, number>;
  /** From a run's acceptance to its end. */
  runP95Ms: number;
  runs: number;
  /** What the generator itself took of one processor, and how late it was at most: it shares them with what it measures. */
  ownShare: number;
  ownLateMs: number;
}

/** What the generator says to the order of this number. */
export interface Answer {
  turn: number;
  outcome?: Outcome;
  error?: string;
}
