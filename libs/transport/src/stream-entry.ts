import type { Envelope } from '@snowflow/contracts/rpc/envelope';
import { ENVELOPE_FIELD } from './stream-keys';

/** One request as a replica got it. `envelope` is null where the entry is not one of ours. */
export interface StreamEntry {
  id: string;
  envelope: Envelope | null;
}

/** The entries of an `[id, fields][]` reply of Redis; those that were deleted meanwhile are left out. */
export function entriesOf(reply: unknown): StreamEntry[] {
  if (!Array.isArray(reply)) return [];
  return reply.flatMap((pair: unknown) => {
    if (!Array.isArray(pair) || typeof pair[0] !== 'string' || !Array.isArray(pair[1])) return [];
    return [{ id: pair[0], envelope: envelopeOf(pair[1]) }];
  });
}

function envelopeOf(fields: unknown[]): Envelope | null {
  const text = fields[fields.indexOf(ENVELOPE_FIELD) + 1];
  if (typeof text !== 'string') return null;
  try {
    const envelope: Envelope = JSON.parse(text);
    return typeof envelope?.id === 'string' && typeof envelope.pattern === 'string' ? envelope : null;
  } catch {
    return null;
  }
}
