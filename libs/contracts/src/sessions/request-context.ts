/**
 * Who a message is about. The gateway sets it once from the verified token; the transport carries it; no DTO repeats it.
 * Before sign-in only the correlation id is known.
 */
export interface RequestContext {
  correlationId: string;
  tenantId?: string;
  sessionId?: string;
  userId?: string;
  /** The run that asks, where it is one. */
  runId?: string;
}
