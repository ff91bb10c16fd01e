import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { z } from 'zod';
import { sameJson } from './same-json';

/** Unsent work of one workflow, kept in this browser. */
export interface KeptDraft {
  /** The revision it is based on. */
  revision: number;
  definition: WorkflowDocument;
  /** A save that was on its way when the draft was kept: it may or may not have become the next revision. */
  inFlight?: WorkflowDocument;
}

const keptDraft = z.object({
  revision: z.number().int(),
  definition: workflowDocument,
  inFlight: workflowDocument.optional(),
});

const keyOf = (person: string, workflowId: string) => `snowflow:draft:${person}:${workflowId}`;

export function keepDraft(person: string, workflowId: string, draft: KeptDraft | undefined): void {
  try {
    if (draft) localStorage.setItem(keyOf(person, workflowId), JSON.stringify(draft));
    else localStorage.removeItem(keyOf(person, workflowId));
  } catch {
    // The browser's storage is full or closed; the draft is still on the page and the next save tries again.
  }
}

/** The kept draft of a workflow, when it follows from the revision that the server has; an older one is dropped. */
export function restoredDraft(
  person: string,
  workflowId: string,
  server: { revision: number; definition: WorkflowDocument },
): WorkflowDocument | undefined {
  const text = localStorage.getItem(keyOf(person, workflowId));
  if (text === null) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const { data } = keptDraft.safeParse(json);
  const arrived = data?.inFlight && sameJson(data.inFlight, server.definition);
  if (data && (data.revision === server.revision || (arrived && data.revision + 1 === server.revision))) {
    return data.definition;
  }
  keepDraft(person, workflowId, undefined);
  return undefined;
}
