import type { NodeDefinition } from '@snowflow/nodes/kit/node-definition';

/** The line under a node's title: its type, then what its settings amount to. */
export function summaryOf(definition: NodeDefinition | undefined, config: Record<string, unknown>): string {
  if (!definition) return 'Unknown node type';
  const summary = definition.summary(config);
  return summary ? `${definition.title} · ${summary}` : definition.title;
}
