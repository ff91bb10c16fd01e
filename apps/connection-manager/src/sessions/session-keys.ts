/** What Redis holds of one Snowflake session. */
export const sessionKeys = {
  /** Hash: `version`, `sealed`. */
  record: (sessionId: string) => `snowflow:sf:${sessionId}`,
  /** Hash: `context`, `actual`, `turn`, `turnUntil`, `closing`. */
  state: (sessionId: string) => `snowflow:sf:${sessionId}:state`,
  /** Hash: request id -> `<lease end>:<query id>` of every statement that may be running. */
  running: (sessionId: string) => `snowflow:sf:${sessionId}:running`,
  /** Sorted set: the runs that keep a closing session open, by the end of their leases. */
  holds: (sessionId: string) => `snowflow:sf:${sessionId}:holds`,
  /** Sorted set: the request ids of statements under way in this session, by the end of their leases. */
  places: (sessionId: string) => `snowflow:sf:${sessionId}:places`,
  /** The granted roles as JSON, for as long as Snowflake need not be asked again. */
  live: (sessionId: string) => `snowflow:sf:${sessionId}:live`,
  /** Held by the replica that asks Snowflake whether the session lives. */
  liveAsked: (sessionId: string) => `snowflow:sf:${sessionId}:live-asked`,
  /** Held by the replica that renews the tokens. */
  renewal: (sessionId: string) => `snowflow:sf:${sessionId}:renewal`,
  /** Held by the replica that did the last heartbeat, until the next is due. */
  heartbeat: (sessionId: string) => `snowflow:sf:${sessionId}:heartbeat`,
  /** Set of sessions that close once their last statement has ended and no run holds them. */
  closing: 'snowflow:sf:closing',
};

/** What Redis holds of all Snowflake sessions of a tenant. */
export const tenantKeys = {
  /** Sorted set: the request ids of statements under way, by the end of their leases. */
  places: (tenantId: string) => `snowflow:sf-tenant:${tenantId}:places`,
  /** Sorted set: the request ids of statements that wait for a place, by when they give up. */
  waiting: (tenantId: string) => `snowflow:sf-tenant:${tenantId}:waiting`,
  /** There is one for each request id that must not be sent any more. Of the tenant, for a run may go on in another session. */
  fenced: (tenantId: string, requestId: string) => `snowflow:sf-tenant:${tenantId}:fenced:${requestId}`,
};
