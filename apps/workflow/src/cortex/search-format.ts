import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SearchRequest } from '@snowflow/nodes/kit/cortex-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { z } from 'zod';

const reply = z.looseObject({ results: z.array(z.record(z.string(), z.json())) });

/** The body of a query to a search service. */
export function searchBody({ query, columns, filter, limit }: SearchRequest): Record<string, unknown> {
  return { query, columns, limit, ...(filter === undefined || filter === null ? {} : { filter }) };
}

/** The rows that were found. Throws CORTEX_FAILED where the reply holds none. */
export function searchReply(body: Record<string, unknown>): readonly { [column: string]: StepValue }[] {
  const read = reply.safeParse(body);
  if (!read.success) throw new AppError('CORTEX_FAILED', 'Cortex Search gave no answer that can be read. Try again.');
  return read.data.results;
}
