const MAX_WAIT_SECONDS = 60;

/** Seconds of `Prefer: wait=N`, at most 60; 0 where the caller does not wait. A preference that is not understood is no error (RFC 7240). */
export function preferredWaitSeconds(prefer: string | undefined): number {
  const wait = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(prefer ?? '');
  return Math.min(Number(wait?.[1] ?? 0), MAX_WAIT_SECONDS);
}
