import type { ActionNode } from '../kit/action-node';
import { fillJsonTemplate } from '../kit/json-template';
import { ANSWER_WITHIN_MS } from '../kit/outside-fields';
import type { StepValue } from '../kit/step-value';
import { valueTemplates } from '../kit/text-template';
import type { AiMcpConfig } from './ai-mcp.definition';

/** One call of a tool; its structured content, or its text, is the node's value. */
export const aiMcpStep: ActionNode<AiMcpConfig> = {
  type: 'ai.mcp',
  async run(config, context) {
    const { server: url, tool, arguments: given = '{}', credentialId, timeoutMs = ANSWER_WITHIN_MS } = config;
    const server = {
      url,
      timeoutMs,
      carries: valueTemplates(given),
      ...(credentialId === undefined ? {} : { credentialId }),
    };
    // That it is an object was checked with the document.
    const input = JSON.parse(fillJsonTemplate(given, context)) as { [key: string]: StepValue };
    return { value: { result: await context.ports.outside.callTool(server, tool, input, context.signal) } };
  },
};
