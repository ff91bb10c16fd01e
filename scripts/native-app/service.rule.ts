import type { AppRule } from './native-app';
import { SERVICE } from './native-app';
import type { Statement } from './setup-script';

const CREATE = /^CREATE SERVICE (?:IF NOT EXISTS )?(\S+) IN COMPUTE POOL (\S+) (.*)$/i;
const ALTER = /^ALTER SERVICE (?:IF EXISTS )?(\S+) (.*)$/i;

/** The one service that a script creates. */
export function createdService(statements: readonly Statement[]) {
  const [statement] = statements.filter(({ text }) => CREATE.test(text));
  const [, name = '', pool = '', rest = ''] = CREATE.exec(statement?.text ?? '') ?? [];
  return statement && { name, pool, rest, statement };
}

/** One service, in a schema that stays, made after its pool and of the file beside the script, and brought up to date by an upgrade. */
export const serviceProblems: AppRule = ({ statements, manifest }) => {
  const services = statements.filter(({ text }) => CREATE.test(text));
  const created = createdService(statements);
  if (!created || services.length > 1) return [`setup.sql creates ${services.length} services, not one`];
  const { name, pool, rest, statement } = created;
  const [schema = ''] = name.split('.');
  const before = statements.slice(0, statements.indexOf(statement)).map(({ text }) => text);
  const updates = statements
    .filter(({ procedure }) => procedure === manifest.lifecycle_callbacks.version_initializer)
    .map(({ text }) => ALTER.exec(text))
    .filter((match) => match?.[1] === name);
  const faults: [boolean, string][] = [
    [!name.includes('.'), `The service ${name} is in no schema that is named`],
    [before.some((text) => isVersioned(text, schema)), `The service ${name} is in the versioned schema ${schema}`],
    [!before.some((text) => isKept(text, schema)), `The service ${name} is in a schema that was not created before`],
    [
      !before.some((text) => text.includes(`COMPUTE POOL IF NOT EXISTS ${pool} `)),
      'The compute pool is not made before',
    ],
    [statement.procedure === undefined, `The service ${name} is created before any privilege was granted`],
    [!readsFile(rest), `The service ${name} is not made of the file /${SERVICE}`],
    [!/MIN_INSTANCES = 1 MAX_INSTANCES = 1$/i.test(rest), 'There may be two instances, each with stores of its own'],
    [updates.length === 0, `An upgrade leaves the service ${name} as it is`],
    [updates.some((match) => !readsFile(match?.[2] ?? '')), `An upgrade does not read the file /${SERVICE}`],
  ];
  return faults.filter(([isSo]) => isSo).map(([, fault]) => fault);
};

const isVersioned = (text: string, schema: string) => text === `CREATE OR ALTER VERSIONED SCHEMA ${schema}`;
const isKept = (text: string, schema: string) => /^CREATE .*SCHEMA /.test(text) && text.endsWith(` ${schema}`);
const readsFile = (clauses: string) => clauses.includes(`FROM SPECIFICATION_FILE = '/${SERVICE}'`);
