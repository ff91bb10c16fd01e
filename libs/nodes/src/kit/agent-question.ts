import type { ActionContext, ActionResult } from './action-node';
import type { AgentQuestion, AgentReply } from './agent-calls';
import { textOf } from './step-value';
import { fillTemplate } from './text-template';

/** Names what an earlier node gave. */
const EARLIER = /\{\{\s*(?:nodes|value|item)\b/;

const USUAL_TURNS = 5;

/** What a node says of the conversation that its question belongs to. */
interface Conversation {
  question?: string | undefined;
  thread?: string | undefined;
  remembers?: number | undefined;
}

/** What a node asks its agent: its question filled in, else the value that reaches it. `told`: the other texts that its models get. */
export function agentQuestion(
  { question, thread, remembers = USUAL_TURNS }: Conversation,
  told: readonly string[],
  context: ActionContext,
): AgentQuestion {
  const { input } = context;
  const name = thread === undefined ? '' : fillTemplate(thread, context).trim();
  return {
    ...(name === '' ? {} : { thread: { name, turns: remembers } }),
    question: question === undefined ? textOf(input ?? '') : fillTemplate(question, context),
    // Any of it may come from a table.
    holdsData: input !== undefined || [question ?? '', ...told].some((text) => EARLIER.test(text)),
  };
}

/** What the node gives. */
export function agentResult({ answer, steps, calls, tokens }: AgentReply): ActionResult {
  return { value: { answer, steps, calls, tokens } };
}
