import type { AgentToolSetup } from './agent-tool-fields';
import type { Disclosure } from './node-definition';
import { valueTemplates } from './text-template';

interface Agent {
  question?: string | undefined;
  instructions: string;
  /** What it remembers of earlier runs may be what it read then. */
  thread?: string | undefined;
  tools: readonly AgentToolSetup[];
}

const OUTSIDE: ReadonlySet<AgentToolSetup['kind']> = new Set(['http', 'mcp']);

/** Whether an agent gets to know Snowflake's data by itself. */
export const agentReads = ({ tools, thread }: Agent): boolean =>
  thread !== undefined || tools.some(({ kind }) => !OUTSIDE.has(kind));

/** What an agent with tools outside may put into their calls: all that reached it or that it reads. */
export function agentDisclosures(agent: Agent, path = 'tools'): Disclosure[] {
  const { question = '{{ value }}', instructions, tools } = agent;
  if (!tools.some(({ kind }) => OUTSIDE.has(kind))) return [];
  return [{ path, templates: valueTemplates(`${question}\n${instructions}`), reads: agentReads(agent) }];
}
