import type { AgentSetup } from './agent-fields';
import type { AgentToolSetup } from './agent-tool-fields';
import { problem } from './column-checks';
import type { CheckContext, Departure, NodeProblem, ValueField } from './node-definition';
import type { StepValue } from './step-value';
import { templateProblems } from './text-template';
import { urlProblems } from './url-problems';

type Checked = Pick<AgentSetup, 'instructions' | 'responseSchema'> & {
  question?: string | undefined;
  thread?: string | undefined;
};

/** What is wrong with an agent beyond its schema. */
export function agentProblems(config: Checked, context: CheckContext): NodeProblem[] {
  const { question, thread = '', instructions, responseSchema } = config;
  const reached = (context.kinds['in'] ?? 'either') !== 'either' || context.inputs['in'] !== undefined;
  return [
    ...(question === undefined && !reached
      ? [problem('INVALID_CONFIG', 'question', 'Write a question, or lead a value into the node')]
      : []),
    ...templateProblems('question', question ?? '', context),
    ...templateProblems('thread', thread, context),
    ...templateProblems('instructions', instructions, context),
    ...(responseSchema === undefined || schemaIn(responseSchema)
      ? []
      : [problem('INVALID_CONFIG', 'responseSchema', 'Write a JSON schema: an object such as {"type": "object"}')]),
  ];
}

/** What is wrong with the tools of an agent. */
export function toolProblems(tools: readonly AgentToolSetup[], path = 'tools'): NodeProblem[] {
  return tools.flatMap(({ name, kind, url, ...tool }, index) => [
    ...(tools.findIndex((other) => other.name === name) < index
      ? [problem('INVALID_CONFIG', `${path}.${index}.name`, `Two tools are called “${name}”`)]
      : []),
    ...(kind === 'http' || kind === 'mcp' ? urlProblems(`${path}.${index}.url`, url ?? '') : []),
    ...(kind === 'workflow' && tool.workflowId === undefined
      ? [problem('INVALID_CONFIG', `${path}.${index}.workflowId`, 'Choose a workflow')]
      : []),
    ...(kind === 'analyst' || kind === 'search'
      ? (['database', 'schema', 'source'] as const).flatMap((field) =>
          tool[field] === undefined ? [problem('INVALID_CONFIG', `${path}.${index}.${field}`, 'Name it')] : [],
        )
      : []),
  ]);
}

/** What tools of an agent send outside, whatever its model puts into it. */
export function toolDepartures(tools: readonly AgentToolSetup[], path = 'tools'): Departure[] {
  return tools.flatMap(({ kind, url, method = 'GET', credentialId }, index) =>
    (kind !== 'http' && kind !== 'mcp') || url === undefined
      ? []
      : [
          {
            path: `${path}.${index}.url`,
            url,
            method: kind === 'mcp' ? 'POST' : method,
            carries: [],
            ...(credentialId === undefined ? {} : { credentialId }),
          },
        ],
  );
}

/** The JSON schema in a text; nothing where it is none. */
export function schemaIn(text: string): { [key: string]: StepValue } | undefined {
  try {
    const value = JSON.parse(text) as StepValue;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What an agent's node gives. */
export const agentValues = ({ responseSchema }: Pick<AgentSetup, 'responseSchema'>): ValueField[] => [
  { name: 'answer', type: responseSchema === undefined ? 'string' : 'json' },
  { name: 'steps', type: 'number' },
  { name: 'calls', type: 'number' },
  { name: 'tokens', type: 'number' },
];
