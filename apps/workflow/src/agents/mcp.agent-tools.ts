import type { AgentTool } from '@snowflow/engine/agents/agent-tool';
import type { AgentToolSetup } from '@snowflow/nodes/kit/agent-tool-fields';
import { ANSWER_WITHIN_MS } from '@snowflow/nodes/kit/outside-fields';
import type { OutsideScene } from './outside-scene';

/** A model gets so many tools of one server; more would only confuse it. */
const MOST_TOOLS = 64;
const MOST_CHARACTERS = 1_000;
/** What a model's protocol takes. */
const NAME_LENGTH = 64;

/** The tools that an MCP server has when the agent begins. What it says of them is its word: it goes to the model, cut, as a description. */
export async function mcpTools(
  setup: AgentToolSetup,
  { outside, mayLeave, signal }: OutsideScene,
): Promise<AgentTool[]> {
  const { name: prefix, url = '', credentialId, needsApproval = false } = setup;
  const server = { url, timeoutMs: ANSWER_WITHIN_MS, ...(credentialId === undefined ? {} : { credentialId }) };
  const found = await outside(`tools/${prefix}`).tools(server, signal);
  const named = found.slice(0, MOST_TOOLS).map((tool) => ({ ...tool, as: nameOf(prefix, tool.name) }));
  const single = named.filter(({ as }, index) => named.findIndex((other) => other.as === as) === index);
  return single.map(({ as, name, description, parameters }) => ({
    name: as,
    description: `${setup.description ?? ''} ${description}`.trim().slice(0, MOST_CHARACTERS),
    parameters,
    kind: 'tool',
    leaves: true,
    mayLeave: () => mayLeave(new URL(url), 'POST'),
    reads: false,
    needsApproval,
    // What was sent and not answered is known where it leaves.
    repeatable: true,
    call: (input, { place, carriesData, signal: ofCall }) =>
      outside(place).callTool({ ...server, ...(carriesData ? {} : { carries: [] }) }, name, input, ofCall),
  }));
}

const nameOf = (prefix: string, name: string) =>
  `${prefix}_${name.replaceAll(/[^A-Za-z0-9_]/g, '_')}`.slice(0, NAME_LENGTH);
