/** Fields of configs that hold SQL. */
export const SQL_FIELDS: ReadonlySet<string> = new Set(['sql', 'expression', 'rule', 'where']);

/** What an object is called in beside `database` and `schema`, node by node. */
export const THIRD_NAMES = ['table', 'view', 'service', 'source'] as const;
