import { AppError } from '@snowflow/contracts/errors/app-error';
import type { CallLimits } from '@snowflow/contracts/published/call-limits.dto';
import type { CallingKey } from '@snowflow/contracts/workflow/publication.dto';
import type { EmbedViewer } from './embed-viewers';

const NO_LIMITS: CallLimits = {
  callsPerMinute: null,
  callsPerDay: null,
  statementsPerDay: null,
  bytesPerDay: null,
  tokensPerDay: null,
};

/**
 * As whom a frame calls: for one publication. Where a key asked for the token, its calls and what they cost count for that key; else
 * the token is its own caller, within the publication's limits. Throws FORBIDDEN where the token is for looking only.
 */
export function callingKeyOf({ jti, of }: EmbedViewer): { slug: string; key: CallingKey } {
  const { view, publication, key } = of;
  if (view !== 'run' || !publication)
    throw new AppError('FORBIDDEN', 'This embed token is for looking, not for running.');
  const { id, name, limits } = key ?? { id: jti, name: 'embedded', limits: NO_LIMITS };
  return { slug: publication.slug, key: { id, name, limits, scope: { publications: [publication.id] } } };
}
