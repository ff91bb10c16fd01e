import type { Migration } from 'kysely';

/** Once made LangGraph's checkpoint tables, which 004-step-outcomes drops where they are. Its name stays in the history. */
export const checkpoints: Migration = { up: () => Promise.resolve() };
