import type { StepValue } from './step-value';

/** A call of a host outside. What carries credentials is never in it: they are named by id and added where it leaves. */
export interface OutsideRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  credentialId?: string;
  timeoutMs: number;
  /**
   * The templates whose values stand in it, as `value`, `value.total`, `nodes.ask.answer`, `parameters.day`: what comes from Snowflake
   * leaves only where the tenant has allowed it. Undefined: whatever it holds may be from Snowflake.
   */
  carries?: readonly string[];
}

export interface OutsideReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, else its text; capped in size. */
  body: StepValue;
}

/** A tool of an MCP server. */
export interface McpTool {
  name: string;
  description: string;
  /** A JSON schema of its arguments. */
  parameters: { [key: string]: StepValue };
}

/** An MCP server (streamable HTTP) and the credential that is added to what it is sent. */
export interface McpServer {
  url: string;
  credentialId?: string;
  timeoutMs: number;
  /** As of a request; nothing of it leaves where tools are only listed. */
  carries?: readonly string[];
}

/**
 * Everything that leaves the tenant goes this way: allowed hosts only, the address that is connected filtered, sizes and times capped, a
 * host that keeps failing rested, and each call audited. Throws AppError: EGRESS_REFUSED (the operator), POLICY_DENIED (the tenant), OUTSIDE_FAILED,
 * OUTCOME_UNKNOWN.
 */
export abstract class OutsideCalls {
  /** A status of 400 and more is a failure (OUTSIDE_FAILED), never an answer. */
  abstract http(request: OutsideRequest, signal: AbortSignal): Promise<OutsideReply>;
  abstract tools(server: McpServer, signal: AbortSignal): Promise<readonly McpTool[]>;
  /** A tool that reports an error is a failure (OUTSIDE_FAILED). */
  abstract callTool(
    server: McpServer,
    tool: string,
    input: { [key: string]: StepValue },
    signal: AbortSignal,
  ): Promise<StepValue>;
}
