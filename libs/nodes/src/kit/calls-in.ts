import { callIn, type NamedWorkflow } from './called-workflow';

/** A workflow that a config names, and the place where it does. */
export interface FoundCall {
  /** Dotted, relative to the config. */
  path: string;
  call: NamedWorkflow;
  /** A tool of an agent names it: one node may have several. */
  isTool: boolean;
}

/** The workflows that a config names: one of its own, or those that are tools of its agents. */
export function callsIn(config: unknown): FoundCall[] {
  const own = callIn(config);
  if (own) return [{ path: 'workflowId', call: own, isTool: false }];
  const agents = listAt(config, 'agents').flatMap((agent, index) => toolCalls(agent, `agents.${index}.`));
  return [...toolCalls(config, ''), ...agents];
}

function toolCalls(agent: unknown, prefix: string): FoundCall[] {
  return listAt(agent, 'tools').flatMap((tool, index) => {
    const call = fieldAt(tool, 'kind') === 'workflow' ? callIn(tool) : undefined;
    return call ? [{ path: `${prefix}tools.${index}.workflowId`, call, isTool: true }] : [];
  });
}

/** How a workflow is told from others among the tools of a node; part of the ids of its steps. */
export const toolCallKey = ({ workflowId, revision }: NamedWorkflow): string =>
  `${workflowId}-${revision ?? 'published'}`;

function listAt(value: unknown, name: string): unknown[] {
  const list = fieldAt(value, name);
  return Array.isArray(list) ? list : [];
}

function fieldAt(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
