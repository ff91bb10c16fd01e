/** A W3C `traceparent` with which a request to the gateway begins a trace: what services do for it can be found by its id. */
export const newTraceparent = (): string => `00-${hex(16)}-${hex(8)}-01`;

function hex(bytes: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  // A zero may not be all there is.
  drawn[0] ||= 1;
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
