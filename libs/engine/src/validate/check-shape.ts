import type { Problem } from '@snowflow/contracts/documents/problem';
import { WorkflowDocument, workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { z } from 'zod';

/** Reads a document, or says at which paths its shape is wrong. */
export function checkShape(input: unknown): { document?: WorkflowDocument; problems: Problem[] } {
  const parsed = workflowDocument.safeParse(input);
  if (!parsed.success) return { problems: parsed.error.issues.flatMap(shapeProblems) };
  return { document: parsed.data, problems: repeatedIds(parsed.data) };
}

function shapeProblems(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.join('.');
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
  return keys.map((key) => ({
    severity: 'error',
    code: 'INVALID_CONFIG',
    path: key === undefined ? path : [...issue.path, key].join('.'),
    message: key === undefined ? issue.message : `“${key}” is not known here`,
  }));
}

function repeatedIds(document: WorkflowDocument): Problem[] {
  const lists = { nodes: document.nodes, edges: document.edges, notes: document.notes, groups: document.groups };
  const ids = Object.entries(lists).flatMap(([list, items]) =>
    repeats(items.map((item) => item.id)).map(({ name, index }): Problem => ({
      severity: 'error',
      code: 'DUPLICATE_ID',
      ...(list === 'nodes' ? { nodeId: name } : { path: `${list}.${index}.id` }),
      message: `The id “${name}” is used by several ${list}`,
      suggestion: 'Give each its own id',
    })),
  );
  const parameters = repeats(document.parameters.map((parameter) => parameter.name)).map(
    ({ name, index }): Problem => ({
      severity: 'error',
      code: 'DUPLICATE_ID',
      path: `parameters.${index}.name`,
      message: `Two parameters are called “${name}”`,
    }),
  );
  return [...ids, ...parameters];
}

function repeats(names: readonly string[]): { name: string; index: number }[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    const again = seen.has(name);
    seen.add(name);
    return again ? [{ name, index }] : [];
  });
}
