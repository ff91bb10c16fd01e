import { AppError } from '@snowflow/contracts/errors/app-error';

/** Whether no other try and no other item can fare better: a budget that was passed once stays passed. */
export const isFinal = (error: unknown): boolean => error instanceof AppError && error.code === 'BUDGET_EXCEEDED';
