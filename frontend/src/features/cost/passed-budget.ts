import type { BudgetInForce, CostPreview } from '../../api/cost';
import { bytesText, compactCount } from '../format/numbers';

const lower = (one: number | null, other: number | null) =>
  one === null || (other !== null && other < one) ? other : one;

/** What of its budget a run may pass, as a sentence; undefined where it can't pass any that is known before it. */
export function passedBudget(preview: CostPreview, budget: BudgetInForce): string | undefined {
  const maxBytes = lower(budget.maxBytes, budget.tenant.maxBytes);
  const maxStatements = lower(budget.maxStatements, budget.tenant.maxStatements);
  const bytes = preview.statements.reduce((sum, { bytes: { atMost } }) => sum + (atMost ?? 0), 0);
  if (maxBytes !== null && bytes > maxBytes) {
    return `It may read ${bytesText(bytes)}, and its budget is ${bytesText(maxBytes)}.`;
  }
  if (maxStatements !== null && preview.statementCount > maxStatements) {
    return `It may send ${compactCount(preview.statementCount)} statements, and its budget is ${compactCount(maxStatements)}.`;
  }
  return undefined;
}
