/** What a provider brought back: RFC 6749 and RFC 9207. */
export interface CallbackParameters {
  state?: string;
  code?: string;
  iss?: string;
  error?: string;
}

const LONGEST: Readonly<Record<keyof CallbackParameters, number>> = { state: 500, code: 4_000, iss: 500, error: 200 };

/** Providers add parameters of their own to the callback, so what is not known is passed over; what is too long or repeated counts as absent. */
export function callbackParameters(query: unknown): CallbackParameters {
  const given = (typeof query === 'object' && query !== null ? query : {}) as Record<string, unknown>;
  const text = (name: keyof CallbackParameters) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' && value.length <= LONGEST[name] ? value : undefined;
  };
  return { state: text('state'), code: text('code'), iss: text('iss'), error: text('error') };
}
