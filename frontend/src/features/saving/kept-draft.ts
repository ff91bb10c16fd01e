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

/** A kept draft that is found again; a stale one is based on an older revision than the server has, and has to be merged. */
export interface RestoredDraft {
  definition: WorkflowDocument;
  revision: number;
  stale: boolean;
}

/** The kept draft of a workflow. One that can't be read is dropped, one that says what the server has already is of no use. */
export function restoredDraft(
  person: string,
  workflowId: string,
  server: { revision: number; definition: WorkflowDocument },
): RestoredDraft | undefined {
  const text = localStorage.getItem(keyOf(person, workflowId));
  if (text === null) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const { data } = keptDraft.safeParse(json);
  if (!data || sameJson(data.definition, server.definition)) {
    keepDraft(person, workflowId, undefined);
    return undefined;
  }
  const { definition, revision, inFlight } = data;
  const arrived = inFlight && sameJson(inFlight, server.definition) && revision + 1 === server.revision;
  return { definition, revision, stale: revision !== server.revision && !arrived };
}
