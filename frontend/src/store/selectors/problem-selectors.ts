import type { Problem } from '@snowflow/contracts/documents/problem';
import type { BuilderState } from '../store-types';

const keyOf = ({ code, nodeId, path }: Problem) => `${code}|${nodeId ?? ''}|${path ?? ''}`;

let cache: { local: readonly Problem[]; server: readonly Problem[]; all: readonly Problem[] } | undefined;

/** The browser's problems and what the server adds, errors first. The same array as long as neither changes. */
export function selectProblems({ problems, serverProblems }: BuilderState): readonly Problem[] {
  if (cache?.local !== problems || cache.server !== serverProblems) {
    const known = new Set(problems.map(keyOf));
    const all = [...problems, ...serverProblems.filter((problem) => !known.has(keyOf(problem)))];
    all.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
    cache = { local: problems, server: serverProblems, all };
  }
  return cache.all;
}

export const selectProblemCount = (nodeId: string) => (state: BuilderState) =>
  selectProblems(state).reduce((count, problem) => count + Number(problem.nodeId === nodeId), 0);

export const selectErrorCount = (state: BuilderState) =>
  selectProblems(state).reduce((count, { severity }) => count + Number(severity === 'error'), 0);
