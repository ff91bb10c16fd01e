import type { AgentTool, ToolInput } from '@snowflow/engine/agents/agent-tool';
import type { AgentToolSetup } from '@snowflow/nodes/kit/agent-tool-fields';
import { ANSWER_WITHIN_MS } from '@snowflow/nodes/kit/outside-fields';
import { type StepValue, textOf } from '@snowflow/nodes/kit/step-value';
import type { OutsideScene } from './outside-scene';

/** One address, at which the model chooses the query and, where there is one, the body. Headers and the rest of the address are the builder's. */
export function httpTool(setup: AgentToolSetup, { outside, mayLeave }: OutsideScene): AgentTool {
  const { name, description = '', method = 'GET', url = '', credentialId, needsApproval = false } = setup;
  const hasBody = method !== 'GET';
  return {
    name,
    description: `${description} Calls ${method} ${new URL(url).hostname}.`.trim(),
    parameters: {
      type: 'object',
      properties: {
        query: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
        ...(hasBody ? { body: { description: 'JSON' } } : {}),
      },
      additionalProperties: false,
    },
    kind: 'tool',
    leaves: true,
    mayLeave: (input) => mayLeave(addressOf(url, input), method),
    reads: false,
    needsApproval,
    // What was sent and not answered is known where it leaves.
    repeatable: true,
    async call(input, { place, carriesData, signal }) {
      const { status, body } = await outside(place).http(
        {
          method,
          url: addressOf(url, input).href,
          headers: {
            accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
            'user-agent': 'SnowFlow',
            ...typeOf(hasBody),
          },
          ...(hasBody ? { body: JSON.stringify(input['body'] ?? null) } : {}),
          ...(credentialId === undefined ? {} : { credentialId }),
          timeoutMs: ANSWER_WITHIN_MS,
          ...(carriesData ? {} : { carries: [] }),
        },
        signal,
      );
      return { status, body };
    },
  };
}

function addressOf(url: string, input: ToolInput): URL {
  const address = new URL(url);
  const query = (input['query'] ?? {}) as { [name: string]: StepValue };
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, textOf(value));
  return address;
}

const typeOf = (hasBody: boolean): Record<string, string> => (hasBody ? { 'content-type': 'application/json' } : {});
