import type { RunFiguresView } from '@snowflow/contracts/workflow/tower.dto';
import { MS_AN_HOUR } from '../runs/estimated-credits';
import type { FiguresRow } from './run-figures.sql';

/** Figures as they are told. Credits are not rounded, so that parts add up to the whole. */
export function figuresOf(row: FiguresRow): RunFiguresView {
  return {
    runs: Number(row.runs),
    queued: Number(row.queued),
    running: Number(row.running),
    waiting: Number(row.waiting),
    succeeded: Number(row.succeeded),
    failed: Number(row.failed),
    cancelled: Number(row.cancelled),
    people: Number(row.people),
    statements: Number(row.statements),
    unpricedStatements: Number(row.unpriced),
    bytesScanned: Number(row.bytes),
    estimatedCredits: creditsOf(row.credit_ms),
    aiTokens: Number(row.tokens),
  };
}

export const creditsOf = (creditMs: string): number => Number(creditMs) / MS_AN_HOUR;

/** Of no run. */
export const NO_FIGURES: RunFiguresView = {
  runs: 0,
  queued: 0,
  running: 0,
  waiting: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  people: 0,
  statements: 0,
  unpricedStatements: 0,
  bytesScanned: 0,
  estimatedCredits: 0,
  aiTokens: 0,
};
