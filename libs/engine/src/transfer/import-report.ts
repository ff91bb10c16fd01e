/** What became of a node: taken over as it was, with something changed, or left out. */
export type NodeOutcome = 'taken' | 'changed' | 'dropped';

/** One node of a file, for a person to read: every change and loss with its reason. */
export interface NodeReport {
  nodeId: string;
  label: string;
  /** Its type here; of a node that was left out, that in the file. */
  type: string;
  outcome: NodeOutcome;
  reasons: string[];
  /** What could not be understood, at the field that holds it. */
  problems: { path: string; message: string }[];
}

/** One workflow of a file. `notes` are about the workflow as a whole. */
export interface WorkflowReport {
  key: string;
  name: string;
  notes: string[];
  nodes: NodeReport[];
}

export const takenOver = (node: { id: string; label: string; type: string }): NodeReport => ({
  nodeId: node.id,
  label: node.label,
  type: node.type,
  outcome: 'taken',
  reasons: [],
  problems: [],
});

/** Tells a change of a node; a sentence is told once. */
export function tellChange(report: NodeReport, reason: string): void {
  if (report.outcome === 'taken') report.outcome = 'changed';
  if (!report.reasons.includes(reason)) report.reasons.push(reason);
}
