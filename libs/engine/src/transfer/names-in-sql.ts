import { nameOf, partsOf } from '@snowflow/contracts/policies/qualified-name';
import type { ObjectName } from './name-mapping';

const PART = '(?:"(?:[^"]|"")+"|[A-Za-z_][A-Za-z0-9_$]*)';
/**
 * Texts and comments are passed over; of dotted names those with a database are looked at. What is not closed ends with the text, so that
 * no letter is looked at again and again.
 */
const TOKEN = new RegExp(
  `'(?:[^'\\\\]+|''|\\\\[^])*(?:'|\\\\?$)|\\$\\$[^]*?(?:\\$\\$|$)|--[^\\n]*|//[^\\n]*|/\\*[^]*?(?:\\*/|$)|\\{\\{[^{}]*\\}\\}|${PART}(?:\\.${PART}){2,}|${PART}`,
  'g',
);
const DOTTED = new RegExp(`^(${PART})\\.(${PART})\\.(${PART})`);

/** A SQL text with the objects that it names by all three parts named otherwise. */
export function renameInSql(sql: string, rename: (name: ObjectName) => ObjectName): string {
  return sql.replaceAll(TOKEN, (token) => {
    const found = DOTTED.exec(token);
    const parts = found && partsOf(found[0], { fold: true });
    const [database, schema, table] = parts ?? [];
    if (!found || database === undefined || schema === undefined || table === undefined) return token;
    const before = { database, schema, table };
    const after = rename(before);
    if (after.database === database && after.schema === schema && after.table === table) return token;
    return nameOf([after.database, after.schema ?? schema, after.table ?? table]) + token.slice(found[0].length);
  });
}

/** The objects that a SQL text names by all three parts. */
export function namesInSql(sql: string): ObjectName[] {
  const names: ObjectName[] = [];
  renameInSql(sql, (name) => {
    names.push(name);
    return name;
  });
  return names;
}
