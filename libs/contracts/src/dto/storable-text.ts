const HALF = /\p{Surrogate}/u;

/**
 * Whether a text is kept and sent on as it is: Postgres keeps none with a NUL, and half of a surrogate pair, which JSON can carry
 * (RFC 8259, section 8.2), has no bytes: addresses can't hold it, and everything else turns it into another character.
 */
export const isStorable = (text: string): boolean => !text.includes('\0') && !HALF.test(text);
