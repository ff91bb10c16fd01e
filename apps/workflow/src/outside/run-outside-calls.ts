import {
  type McpServer,
  type McpTool,
  OutsideCalls,
  type OutsideReply,
  type OutsideRequest,
} from '@snowflow/nodes/kit/outside-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { httpAttempt } from './http-attempt';
import { toolAttempt, toolsAttempt } from './mcp-attempt';
import type { OutsideCall } from './outside-call';
import type { OutsideCallRow } from './outside-calls.repository';
import { type CallOrigin, hashOf, type OutsideJournal } from './outside-journal';
import type { OutsideRoad } from './outside-road';

/** The calls of one execution of a step. The n-th of several that are alike is the n-th of them, however often the step runs. */
export class RunOutsideCalls extends OutsideCalls {
  private made: Promise<Map<string, OutsideCallRow[]>> | undefined;
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly road: OutsideRoad,
    private readonly journal: OutsideJournal,
    private readonly origin: CallOrigin,
  ) {
    super();
  }

  http(request: OutsideRequest, signal: AbortSignal): Promise<OutsideReply> {
    const { method, url, headers, body, credentialId, timeoutMs, carries } = request;
    const hasKey = Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');
    const call: OutsideCall<OutsideReply> = {
      kind: 'http',
      url: new URL(url),
      method,
      tool: null,
      credentialId,
      carries,
      timeoutMs,
      isRepeatable: method === 'GET' || hasKey,
      identity: JSON.stringify([method, url, headers, body, credentialId]),
      attempt: (way) => httpAttempt(request, way),
    };
    return this.take(call, signal);
  }

  tools(server: McpServer, signal: AbortSignal): Promise<readonly McpTool[]> {
    const call: OutsideCall<McpTool[]> = {
      ...this.ofServer({ ...server, carries: [] }),
      kind: 'mcp-tools',
      isRepeatable: true,
      identity: JSON.stringify([server.url, server.credentialId]),
      attempt: (way) => toolsAttempt(new URL(server.url), way),
    };
    return this.take(call, signal);
  }

  callTool(
    server: McpServer,
    tool: string,
    input: { [key: string]: StepValue },
    signal: AbortSignal,
  ): Promise<StepValue> {
    const call: OutsideCall<StepValue> = {
      ...this.ofServer(server),
      kind: 'mcp-tool',
      tool,
      isRepeatable: false,
      identity: JSON.stringify([server.url, server.credentialId, tool, input]),
      attempt: (way) => toolAttempt(new URL(server.url), tool, input, way),
    };
    return this.take(call, signal);
  }

  private ofServer({ url, credentialId, timeoutMs, carries }: McpServer) {
    return { url: new URL(url), method: 'POST', tool: null, credentialId, carries, timeoutMs };
  }

  private async take<Reply>(call: OutsideCall<Reply>, signal: AbortSignal): Promise<Reply> {
    const hash = hashOf(call);
    const nth = this.counts.get(hash) ?? 0;
    this.counts.set(hash, nth + 1);
    this.made ??= this.journal.madeBy(this.origin);
    const before = (await this.made).get(hash)?.[nth];
    return this.road.take(call, this.origin, before, signal);
  }
}
