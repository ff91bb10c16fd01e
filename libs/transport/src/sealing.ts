import type { Envelope, Outcome } from '@snowflow/contracts/rpc/envelope';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';

type Sealed = Pick<Envelope, 'id' | 'pattern'>;

/** A request opens only as the request it was sealed for. */
const requestBinding = ({ pattern, id }: Sealed): string => `${pattern}|${id}`;
const replyBinding = ({ pattern, id }: Sealed): string => `${pattern}|${id}|reply`;

/** The text of an input as it stands in the stream. */
export function writeData(input: object, request: Sealed, sealer: Sealer | null): string {
  const json = JSON.stringify(input);
  return sealer ? sealer.seal(json, requestBinding(request)) : json;
}

/** The input of an envelope. Throws where it was tampered with. */
export function readData(envelope: Envelope, sealer: Sealer): unknown {
  return JSON.parse(envelope.sealed ? sealer.open(envelope.data, requestBinding(envelope)) : envelope.data);
}

/** The sealed text of what the handler of a sealed request came to. */
export function sealOutcome(outcome: Outcome, request: Sealed, sealer: Sealer): string {
  return sealer.seal(JSON.stringify(outcome), replyBinding(request));
}

/** The outcome that was sealed as the reply to this request. */
export function openOutcome(sealed: string, request: Sealed, sealer: Sealer): Outcome {
  return JSON.parse(sealer.open(sealed, replyBinding(request)));
}
