import type { Problem } from '@snowflow/contracts/documents/problem';
import type { Columns, InputColumns } from '@snowflow/nodes/kit/node-definition';
import type { PlanStep } from '../api/types';
import type { SetState } from './store-types';

/** What is known about the drawn workflow without running it. */
export interface Findings {
  problems: readonly Problem[];
  /** The columns that reach each node, by node and port. */
  inputColumns: Readonly<Record<string, InputColumns>>;
  /** The columns each node gives, by node and port. */
  outputColumns: Readonly<Record<string, Readonly<Record<string, Columns>>>>;
}

export interface ProblemsSlice extends Findings {
  /** What the server found beyond the browser's check (columns behind SQL, grants). */
  serverProblems: readonly Problem[];
  /** The statements a run would execute now; empty while the workflow has errors. */
  plan: readonly PlanStep[];
  setFindings(findings: Findings): void;
  setServerFindings(found: { problems: readonly Problem[]; plan: readonly PlanStep[] }): void;
}

export function problemsSlice(set: SetState): ProblemsSlice {
  return {
    problems: [],
    inputColumns: {},
    outputColumns: {},
    serverProblems: [],
    plan: [],
    setFindings: (findings) => set(findings),
    setServerFindings: ({ problems, plan }) => set({ serverProblems: problems, plan }),
  };
}
