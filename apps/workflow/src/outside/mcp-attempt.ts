import type { McpTool } from '@snowflow/nodes/kit/outside-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { inMcpSession, said } from './mcp-session';
import type { Attempt } from './outside-call';
import type { WayOut } from './way-out';
import { failed } from './without-answer';

/** A server that has more pages of tools than this does not end. */
const MOST_PAGES = 50;

/** What the tools of a server are. */
export function toolsAttempt(url: URL, way: WayOut): Promise<Attempt<McpTool[]>> {
  return inMcpSession(url, way, async ({ client, options, asking }) => {
    asking();
    const found: McpTool[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const { tools, nextCursor } = await client.listTools(cursor === undefined ? {} : { cursor }, options);
      for (const { name, description = '', inputSchema } of tools) {
        found.push({ name, description, parameters: plain(inputSchema) as McpTool['parameters'] });
      }
      if (nextCursor === undefined) return { state: 'succeeded', reply: found };
      cursor = nextCursor;
    }
    return failed(`${url.host} has more than ${MOST_PAGES} pages of tools.`);
  });
}

/** One call of a tool. */
export function toolAttempt(
  url: URL,
  tool: string,
  input: { [key: string]: StepValue },
  way: WayOut,
): Promise<Attempt<StepValue>> {
  return inMcpSession(url, way, async ({ client, options, asking }) => {
    asking();
    const answer = await client.callTool({ name: tool, arguments: input }, undefined, options);
    const text = textOf(answer.content);
    if (answer.isError === true) {
      return failed(`The tool ${tool} of ${url.host} reported an error: ${said(way.hide(text))}`);
    }
    const { structuredContent } = answer;
    const value = structuredContent === undefined ? text : plain(structuredContent);
    return { state: 'succeeded', reply: way.hidden(value) };
  });
}

/** The texts among the parts of an answer. */
function textOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  const parts: unknown[] = content;
  return parts
    .flatMap((part) => (typeof part === 'object' && part !== null && 'text' in part ? [String(part.text)] : []))
    .join('\n');
}

/** What was parsed from JSON, as a value. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as StepValue;
