import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { z } from 'zod';

/** The versions of the file format that are read; the last is written. */
export const KNOWN_VERSIONS = [1] as const;

/** How workflows of one file call each other: by these names instead of ids. */
export const LOCAL_NAME = /^[a-z0-9][a-z0-9-]{0,79}$/;

/** Most workflows of one file. */
export const MOST_WORKFLOWS = 200;

const { schemaVersion: _, ...document } = workflowDocument.shape;

const transferWorkflow = z.strictObject({
  key: z.string().regex(LOCAL_NAME, 'Use lower-case letters, digits and -'),
  ...document,
  tags: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
});

/** The portable file: one or many workflows, without ids, owners, runs or secrets. */
export const transferFile = z.strictObject({
  snowflow: z.literal(1),
  workflows: z.array(transferWorkflow).min(1, 'It holds no workflow').max(MOST_WORKFLOWS),
});

export type TransferWorkflow = z.infer<typeof transferWorkflow>;
export type TransferFile = z.infer<typeof transferFile>;

/** A document as it stands in a file. */
export function toTransfer(key: string, document: WorkflowDocument, tags: readonly string[] = []): TransferWorkflow {
  const { schemaVersion: _version, ...content } = document;
  return { key, ...content, tags: [...tags] };
}

/** The document of a workflow in a file. */
export function toDocument({ key: _key, tags: _tags, ...content }: TransferWorkflow): WorkflowDocument {
  return { schemaVersion: 1, ...content };
}

/** A local name for a workflow, from its own name: unlike all that are `taken`. */
export function localName(name: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60)
      .replace(/-+$/, '') || 'workflow';
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? plain : `${plain}-${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}
