/** Placeholder list until the functions bring their own macros. */
export const macros: readonly string[] = [];
