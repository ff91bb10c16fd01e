import { compilationError } from '../statements/warehouse-error';

/** What a semantic view does not answer, or how it is defined wrongly. */
export const semanticError = (detail: string) => compilationError('010251', `Semantic view: ${detail}.`);
