/** The models that this warehouse answers as: names that accounts have, and one simulation behind all of them. */
export const chatModels = ['claude-sonnet-4-5', 'llama3.3-70b', 'mistral-large2', 'openai-gpt-5'] as const;

/** What stands in front of every text that no model wrote. */
export const simulatedMark = '[simulated by the local warehouse]';
