import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';

/** The parameter that takes what a person asks. */
export const QUESTION = 'question';
/** The parameter that takes what was said before, as JSON text. */
export const HISTORY = 'history';

type Parameters = readonly WorkflowParameter[];

const takesText = (parameters: Parameters, name: string) =>
  parameters.some((parameter) => parameter.name === name && parameter.type === 'string');

/** Whether a workflow can be talked to: it takes a question. */
export const isTalkable = (parameters: Parameters): boolean => takesText(parameters, QUESTION);

export const takesHistory = (parameters: Parameters): boolean => takesText(parameters, HISTORY);

/** The parameters that nobody gives in a chat: neither asked for, nor with a value of their own. */
export function ungiven(parameters: Parameters): string[] {
  return parameters
    .filter(({ name, default: fallback }) => name !== QUESTION && name !== HISTORY && fallback === undefined)
    .map(({ name }) => name);
}

/** A workflow's parameters with those of a chat; one of the name that takes no text is left, since only a person can say which is meant. */
export function withQuestion(parameters: Parameters): WorkflowParameter[] {
  const added = [QUESTION, HISTORY]
    .filter((name) => !parameters.some((parameter) => parameter.name === name))
    .map((name): WorkflowParameter => ({ name, type: 'string', default: '' }));
  return [...parameters, ...added];
}
