import { AppError, type ErrorDetails } from '@snowflow/contracts/errors/app-error';

/** What a provider said no with: a model that it does not have, or any other failure. */
export function modelRefusal(model: string, status: number, said: string, details: ErrorDetails = {}): AppError {
  const isUnknown =
    status === 404 || (status === 400 && /\bmodel\b/i.test(said) && /unknown|not |no |unavailable/i.test(said));
  if (isUnknown) {
    const message = `There is no model ${model} to be had here: ${said} Choose another from the list of models.`;
    return new AppError('MODEL_UNKNOWN', message, details);
  }
  return new AppError('MODEL_FAILED', `The model ${model} gave no answer. ${said}`, details);
}
