/** What an agent of a run says while it says it. It is told to who listens just then and rests nowhere. */
export interface SpokenText {
  nodeId: string;
  /** All of its present reply so far. */
  text: string;
}

/** The Redis pub/sub channel on which a worker says it, sealed for the tenant and the run. */
export const spokenChannel = (runId: string): string => `snowflow:run-spoken:${runId}`;

/** What it is sealed for on the way. */
export const spokenBinding = (tenantId: string, runId: string): string => `${tenantId}|${runId}|spoken`;
