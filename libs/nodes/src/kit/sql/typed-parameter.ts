import { join, parameter, SqlFragment, trusted } from './sql-fragment';

/**
 * A value that comes at run time, as the type that was declared for it. A bind has no type of its own where it is a date (Snowflake would
 * see a text) or has parts (it comes as JSON text).
 */
export function typedParameter(name: string, type: string | undefined): SqlFragment {
  if (type === 'json') return join([trusted('PARSE_JSON('), parameter(name), trusted(')')], '');
  return parameter(name, type === 'date' ? 'DATE' : type === 'timestamp' ? 'TIMESTAMP_NTZ' : undefined);
}
