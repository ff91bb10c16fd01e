import type { Problem } from '@snowflow/contracts/documents/problem';
import { INVALID_IDENTIFIER } from '@snowflow/nodes/kit/fields';
import type { z } from 'zod';
import type { CheckedNode } from './workflow-graph';

/** Parses a node's config by its schema; what is wrong becomes one problem per key. */
export function checkConfig(checked: CheckedNode): Problem[] {
  const { node, definition } = checked;
  if (!definition) return [];
  if (node.disabled) {
    if (checked.ports.inputs.length > 0) return [];
    return [fault(node.id, 'INVALID_CONFIG', 'disabled', 'A source can’t be disabled: nothing would flow from it')];
  }
  const parsed = definition.config.safeParse(node.config);
  if (parsed.success) {
    checked.config = { value: parsed.data };
    return [];
  }
  return parsed.error.issues.flatMap((issue) => configProblems(issue, node.id, node.config));
}

function configProblems(issue: z.core.$ZodIssue, nodeId: string, config: unknown): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      fault(nodeId, 'INVALID_CONFIG', [...issue.path, key].join('.'), `This node has no setting “${key}”`),
    );
  }
  const path = issue.path.join('.');
  if (issue.code === 'custom' && issue.params?.code === INVALID_IDENTIFIER.code) {
    return [fault(nodeId, 'INVALID_IDENTIFIER', path, issue.message)];
  }
  const missing = valueAt(config, issue.path) === undefined && issue.code === 'invalid_type';
  return [fault(nodeId, 'INVALID_CONFIG', path, missing ? `“${String(issue.path.at(-1))}” is not set` : issue.message)];
}

function valueAt(config: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    config,
  );
}

function fault(nodeId: string, code: Problem['code'], path: string, message: string): Problem {
  return { severity: 'error', code, nodeId, path, message };
}
