import { TOOL_NAME } from '@snowflow/nodes/kit/agent-tool-fields';
import { listAt, numberIn, textIn, type LegacyNode } from './legacy-flow';
import { type Home, home, withProblem } from './legacy-home';

const within = (number: number | undefined, least: number, most: number) =>
  number === undefined ? undefined : Math.min(most, Math.max(least, number));
const given = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** An agent keeps its model and instructions; its tools were of another kind. */
export function moveAgent(node: LegacyNode): Home {
  const { data } = node;
  const tokens = within(numberIn(data, 'maxTokens'), 1, 32_000);
  const config = given({
    ...setupOf(node),
    tools: [],
    temperature: within(numberIn(data, 'temperature'), 0, 2),
    maxReplyTokens: tokens === undefined ? undefined : Math.floor(tokens),
  });
  const tools = listAt(data, 'tools').map((tool) => (typeof tool === 'string' ? tool : textIn(tool, 'name', 'type')));
  return withModel(
    home(
      'ai.agent',
      config,
      tools.map((tool) => `Its tool “${tool.slice(0, 100) || 'without a name'}” is left out: set it up in the node`),
    ),
    config,
  );
}

/** Its agents were only simulated. Those that its edges lead to are written into it, where they can be told what to do. */
export function moveSupervisor(node: LegacyNode, behind: readonly LegacyNode[]): Home {
  const agents = behind
    .filter(({ type }) => type === 'agent' || type === 'cortexAgent')
    .slice(0, 20)
    .map((agent, at) => ({
      name: TOOL_NAME.test(agent.label) ? agent.label : `agent_${at + 1}`,
      description: agent.label || textIn(agent.data, 'systemPrompt').slice(0, 2_000) || `Agent ${at + 1}`,
      ...setupOf(agent),
      tools: [],
    }));
  const most = within(numberIn(node.data, 'maxDelegations'), 1, 100);
  const config = given({
    ...setupOf(node),
    agents,
    maxDelegations: most === undefined ? undefined : Math.floor(most),
  });
  const left = ['delegationStrategy', 'aggregation']
    .filter((name) => textIn(node.data, name) !== '')
    .map((name) => `${name} “${textIn(node.data, name).slice(0, 100)}” is left out: its model decides`);
  const told =
    agents.length > 0 ? ['The agents behind it are written into it; delete their own nodes if it alone asks them'] : [];
  const moved = withModel(home('ai.supervisor', config, [...left, ...told]), config);
  return agents.length > 0 ? moved : withProblem(moved, 'agents', 'It led to no agent; name those that it may ask');
}

/** A function of Cortex over a column becomes the node of that function. */
export function moveCortex({ data }: LegacyNode): Home {
  const name = textIn(data, 'function', 'cortexFunction').toLowerCase();
  const column = textIn(data, 'sourceColumn', 'column').trim();
  const [model, prompt] = [textIn(data, 'model'), textIn(data, 'prompt')];
  const over = (type: string, as: string, more: Record<string, unknown> = {}) => {
    const moved = home(type, { column, ...more, as });
    return column === '' ? withProblem(moved, 'column', 'The file names no column; choose one') : moved;
  };
  if (/sentiment/.test(name)) return over('ai.sentiment', 'SENTIMENT');
  if (/summar/.test(name)) return over('ai.summarize', 'SUMMARY');
  if (/translat/.test(name)) {
    const to = textIn(data, 'targetLanguage', 'to', 'language');
    const moved = over('ai.translate', 'TRANSLATION', { from: textIn(data, 'sourceLanguage', 'from'), to });
    return to === '' ? withProblem(moved, 'to', 'The file names no language; choose one') : moved;
  }
  if (/classif/.test(name)) {
    const categories = listAt(data, 'categories').filter((one) => typeof one === 'string');
    const moved = over('ai.classify', 'CATEGORY', { categories });
    return categories.length > 1 ? moved : withProblem(moved, 'categories', 'The file names no categories; give two');
  }
  if (/extract/.test(name)) {
    const question = textIn(data, 'question') || prompt;
    const moved = over('ai.extract', 'ANSWER', { questions: question ? [{ name: 'answer', question }] : [] });
    return question ? moved : withProblem(moved, 'questions', 'The file asks nothing; write a question');
  }
  if (/embed/.test(name)) return over('ai.embed', 'EMBEDDING', model ? { model } : {});
  const config = { model, prompt: column ? `${prompt}\n\n{{ item.${column} }}`.trim() : prompt, as: 'ANSWER' };
  const moved = withModel(home('ai.generate', config, []), config);
  const known = name === '' || /complete|generate/.test(name);
  return known
    ? moved
    : withProblem(moved, 'prompt', `The function “${name.slice(0, 60)}” is not known; say what to ask`);
}

function setupOf({ data }: LegacyNode): { model: string; instructions: string } {
  return { model: textIn(data, 'model'), instructions: textIn(data, 'systemPrompt', 'instructions') };
}

const withModel = (moved: Home, config: Record<string, unknown>): Home =>
  config['model'] === '' ? withProblem(moved, 'model', 'The file names no model; choose one') : moved;
