import type { AppRule } from './native-app';
import type { Statement } from './setup-script';

const NAME = '[a-z][a-z0-9_]{0,62}';
const MEMBER = `${NAME}\\.${NAME}`;
const ROLE = `TO APPLICATION ROLE ${NAME}`;

/** What a script may hold. Anything else is read by hand first, and then written here. */
const OF_THE_SCRIPT = [
  `CREATE APPLICATION ROLE IF NOT EXISTS ${NAME}`,
  `CREATE SCHEMA IF NOT EXISTS ${NAME}`,
  `CREATE OR ALTER VERSIONED SCHEMA ${NAME}`,
  `CREATE OR REPLACE PROCEDURE ${MEMBER}\\([a-z_ A-Z,]*\\) RETURNS VARCHAR LANGUAGE SQL EXECUTE AS OWNER AS \\$\\$ \\$\\$`,
  `GRANT APPLICATION ROLE ${NAME} ${ROLE}`,
  `GRANT USAGE ON SCHEMA ${NAME} ${ROLE}`,
  `GRANT USAGE ON PROCEDURE ${MEMBER}\\([A-Z, ]*\\) ${ROLE}`,
];
const OF_A_BODY = [
  'BEGIN|END|END IF',
  `IF \\(ARRAY_CONTAINS\\('[A-Z ]+'::VARIANT, ${NAME}\\)\\) THEN`,
  `LET ${NAME} VARCHAR := \\(SELECT CURRENT_DATABASE\\(\\)\\) \\|\\| '_[a-z]+'`,
  `CREATE COMPUTE POOL IF NOT EXISTS IDENTIFIER\\(:${NAME}\\)( [A-Z_]+ = [A-Z0-9_]+)+`,
  `CREATE SERVICE IF NOT EXISTS ${MEMBER} IN COMPUTE POOL IDENTIFIER\\(:${NAME}\\) FROM SPECIFICATION_FILE = '[^']+'( [A-Z_]+ = \\d+)*`,
  `ALTER SERVICE IF EXISTS ${MEMBER} FROM SPECIFICATION_FILE = '[^']+'`,
  `GRANT SERVICE ROLE ${MEMBER}!${NAME} ${ROLE}`,
  `GRANT (MONITOR|OPERATE|USAGE)(, (MONITOR|OPERATE|USAGE))* ON SERVICE ${MEMBER} ${ROLE}`,
  `RETURN '[^']*'`,
];
const anyOf = (patterns: readonly string[]) => new RegExp(`^(?:${patterns.join('|')})$`);
const [SCRIPT, BODY] = [anyOf(OF_THE_SCRIPT), anyOf(OF_A_BODY)];

/** What is kept in an object of these kinds is gone when it is made anew. */
const REPLACED = /^CREATE OR REPLACE (?!PROCEDURE\b)([A-Z ]+?) (?:[a-z]|IDENTIFIER)/;
const MADE_ONCE = /^CREATE (?!OR )([A-Z ]+?) (?!IF NOT EXISTS )[a-z"I]/;

/** Every statement may run again, at each upgrade, and loses nothing; every name is unquoted, in lower case and short. */
export const statementProblems: AppRule = ({ manifest, statements }) =>
  statements.flatMap((statement) => {
    const fault = faultOf(statement);
    return fault ? [`${manifest.artifacts.setup_script}:${statement.line}: ${fault}`] : [];
  });

function faultOf({ text, procedure }: Statement): string | undefined {
  if (text.includes('"')) return 'a name is quoted';
  const kind = REPLACED.exec(text)?.[1];
  if (kind) return `CREATE OR REPLACE ${kind} loses what is there at an upgrade`;
  const once = MADE_ONCE.exec(text)?.[1];
  if (once && !once.includes('IF NOT EXISTS')) return `CREATE ${once} fails at an upgrade: IF NOT EXISTS is missing`;
  if (/^ALTER SERVICE (?!IF EXISTS )/.test(text))
    return 'ALTER SERVICE fails at the first installation: IF EXISTS is missing';
  if (text.startsWith('DROP ')) return `${text.split(' ').slice(0, 2).join(' ')} loses what is there`;
  if ((procedure === undefined ? SCRIPT : BODY).test(text)) return undefined;
  return `this statement is none that was thought about: ${text.slice(0, 80)}`;
}
