/** The header that carries a correlation id, at the gateway and between services that speak HTTP. */
export const CORRELATION_HEADER = 'x-correlation-id';
