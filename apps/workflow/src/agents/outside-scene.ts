import type { OutsideCalls } from '@snowflow/nodes/kit/outside-calls';

/** How tools of an agent reach hosts outside. */
export interface OutsideScene {
  /** For one call: it is known again by its place, and never taken for another that is like it. */
  outside(place: string): OutsideCalls;
  /** Whether the tenant lets data of Snowflake leave to this address. */
  mayLeave(url: URL, method: string): Promise<boolean>;
  signal: AbortSignal;
}
