/** What Redis holds of one Snowflake session. */
export const sessionKeys = {
  /** Hash: `version`, `sealed`. */
  record: (sessionId: string) => `snowflow:sf:${sessionId}`,
  /** Hash: `context`, `actual`, `turn`, `turnUntil`, `closing`. */
  state: (sessionId: string) => `snowflow:sf:${sessionId}:state`,
  /** Hash: request id -> `<lease end>:<query id>` of every statement that may be running. */
  running: (sessionId: string) => `snowflow:sf:${sessionId}:running`,
  /** Held by the replica that renews the tokens. */
  renewal: (sessionId: string) => `snowflow:sf:${sessionId}:renewal`,
  /** Held by the replica that did the last heartbeat, until the next is due. */
  heartbeat: (sessionId: string) => `snowflow:sf:${sessionId}:heartbeat`,
  /** Set of sessions that close once their last statement has ended. */
  closing: 'snowflow:sf:closing',
};
