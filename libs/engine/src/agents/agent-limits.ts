/** What one agent may take, its delegations included where it has any. */
export interface AgentLimits {
  /** Calls of its own model. */
  maxSteps: number;
  /** Calls of its own tools or, of a supervisor, delegations. */
  maxToolCalls: number;
  /** Of its model and of those it delegates to, in and out. */
  maxTokens: number;
  /** While it runs; waiting for people is not counted. */
  maxSeconds: number;
}
