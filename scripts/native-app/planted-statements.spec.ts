import { nativeAppFiles } from './native-app-files';
import { nativeAppProblems } from './native-app-rules';
import { statementsOf } from './setup-script';

const files = nativeAppFiles();
const script = files['setup.sql'] ?? '';

function caught(text: string, mistake: string): string[] {
  expect(script).toContain(text);
  return nativeAppProblems({ ...files, 'setup.sql': script.replace(text, () => mistake) });
}

const POOL = `    CREATE COMPUTE POOL IF NOT EXISTS IDENTIFIER(:pool_name)
      MIN_NODES = 1
      MAX_NODES = 1
      INSTANCE_FAMILY = CPU_X64_S
      AUTO_RESUME = TRUE;
`;

describe('A mistake that is planted in the setup script is caught', () => {
  it.each([
    [
      'statement that fails the second time',
      'CREATE SCHEMA IF NOT EXISTS services;',
      'CREATE SCHEMA services;',
      'setup.sql:13: CREATE SCHEMA fails at an upgrade: IF NOT EXISTS is missing',
    ],
    [
      'service that is created twice',
      'CREATE SERVICE IF NOT EXISTS',
      'CREATE SERVICE',
      'setup.sql:34: CREATE SERVICE fails at an upgrade: IF NOT EXISTS is missing',
    ],
    [
      'schema that is replaced, with the service in it',
      'CREATE SCHEMA IF NOT EXISTS services;',
      'CREATE OR REPLACE SCHEMA services;',
      'setup.sql:13: CREATE OR REPLACE SCHEMA loses what is there at an upgrade',
    ],
    [
      'pool that is replaced',
      'CREATE COMPUTE POOL IF NOT EXISTS',
      'CREATE OR REPLACE COMPUTE POOL',
      'setup.sql:26: CREATE OR REPLACE COMPUTE POOL loses what is there at an upgrade',
    ],
    [
      'service that is dropped',
      "  RETURN 'Done.';",
      "  DROP SERVICE IF EXISTS services.snowflow;\n  RETURN 'Done.';",
      'setup.sql:42: DROP SERVICE loses what is there',
    ],
    [
      'change of what is not there at the first installation',
      'ALTER SERVICE IF EXISTS',
      'ALTER SERVICE',
      'setup.sql:55: ALTER SERVICE fails at the first installation: IF EXISTS is missing',
    ],
    ['quoted name', 'EXISTS services;', 'EXISTS "services";', 'setup.sql:13: a name is quoted'],
    [
      'name in upper case',
      'SCHEMA core;',
      'SCHEMA Core;',
      'setup.sql:9: this statement is none that was thought about: CREATE OR ALTER VERSIONED SCHEMA Core',
    ],
    [
      'name that is too long',
      'CREATE SCHEMA IF NOT EXISTS services;',
      `CREATE SCHEMA IF NOT EXISTS ${'s'.repeat(64)};`,
      `setup.sql:13: this statement is none that was thought about: CREATE SCHEMA IF NOT EXISTS ${'s'.repeat(52)}`,
    ],
    [
      'statement that nobody thought about',
      'CREATE SCHEMA IF NOT EXISTS services;',
      'CREATE SCHEMA IF NOT EXISTS services; GRANT ALL ON SCHEMA services TO ROLE accountadmin;',
      'setup.sql:13: this statement is none that was thought about: GRANT ALL ON SCHEMA services TO ROLE accountadmin',
    ],
    [
      'service in a versioned schema',
      'CREATE SCHEMA IF NOT EXISTS services;',
      'CREATE OR ALTER VERSIONED SCHEMA services;',
      'The service services.snowflow is in the versioned schema services',
    ],
    [
      'service in a schema that comes later',
      'CREATE SCHEMA IF NOT EXISTS services;',
      'CREATE SCHEMA IF NOT EXISTS service;',
      'The service services.snowflow is in a schema that was not created before',
    ],
    ['service without its pool', POOL, '', 'The compute pool is not made before'],
    [
      'two instances, each with a database',
      'MAX_INSTANCES = 1',
      'MAX_INSTANCES = 2',
      'There may be two instances, each with stores of its own',
    ],
    [
      'upgrade that changes nothing',
      "  ALTER SERVICE IF EXISTS services.snowflow FROM SPECIFICATION_FILE = '/service.yaml';\n",
      '',
      'An upgrade leaves the service services.snowflow as it is',
    ],
    [
      'service role that nobody gets',
      '    GRANT SERVICE ROLE services.snowflow!app_endpoint TO APPLICATION ROLE app_user;\n',
      '',
      'setup.sql grants the service role app_endpoint to no application role',
    ],
    [
      'service role that is not there',
      'snowflow!app_endpoint',
      'snowflow!app_page',
      'setup.sql grants the service role services.snowflow!app_page, which is not there',
    ],
    [
      'machine that is too small',
      'INSTANCE_FAMILY = CPU_X64_S',
      'INSTANCE_FAMILY = CPU_X64_XS',
      'Containers ask for 1.55 processors, and a machine of CPU_X64_XS has 1',
    ],
    [
      'machine that nobody knows',
      'INSTANCE_FAMILY = CPU_X64_S',
      'INSTANCE_FAMILY = CPU_X64_HUGE',
      'The size of machines of the family CPU_X64_HUGE is not known here',
    ],
    [
      'second service',
      "  RETURN 'Done.';",
      "  CREATE SERVICE IF NOT EXISTS services.other IN COMPUTE POOL IDENTIFIER(:pool_name) FROM SPECIFICATION_FILE = '/service.yaml';\n  RETURN 'Done.';",
      'setup.sql creates 2 services, not one',
    ],
    [
      'service before any privilege was granted',
      'CREATE SCHEMA IF NOT EXISTS services;',
      "CREATE SCHEMA IF NOT EXISTS services; CREATE SERVICE IF NOT EXISTS services.snowflow IN COMPUTE POOL p FROM SPECIFICATION_FILE = '/service.yaml';",
      'setup.sql creates 2 services, not one',
    ],
    [
      'service in no schema',
      'EXISTS services.snowflow\n',
      'EXISTS snowflow\n',
      'The service snowflow is in no schema that is named',
    ],
    [
      'upgrade by another file',
      "IF EXISTS services.snowflow FROM SPECIFICATION_FILE = '/service.yaml'",
      "IF EXISTS services.snowflow FROM SPECIFICATION_FILE = '/setup.sql'",
      'An upgrade does not read the file /service.yaml',
    ],
    [
      'upgrade of another service',
      'ALTER SERVICE IF EXISTS services.snowflow',
      'ALTER SERVICE IF EXISTS services.flow',
      'An upgrade leaves the service services.snowflow as it is',
    ],
    ['second machine', 'MAX_NODES = 1', 'MAX_NODES = 3', 'The pool has more machines than its one service can use'],
  ])('%s', (_what, text, mistake, sentence) => {
    expect(caught(text, mistake)).toContain(sentence);
  });
});

describe('A setup script', () => {
  it('is read statement by statement, past comments, strings and bodies, with the lines they begin in', () => {
    const text = `-- a; b\nCREATE SCHEMA IF NOT EXISTS a; /* ; */\n\nCREATE OR REPLACE PROCEDURE a.b() AS $$\nBEGIN\n  -- c;\n  IF (TRUE) THEN\n    RETURN 'x;''y';\n  END IF;\nEND;\n$$;`;
    expect(statementsOf(text).map(({ line, text: own, procedure }) => [line, own, procedure])).toEqual([
      [2, 'CREATE SCHEMA IF NOT EXISTS a', undefined],
      [4, 'CREATE OR REPLACE PROCEDURE a.b() AS $$ $$', undefined],
      [5, 'BEGIN', 'a.b'],
      [7, 'IF (TRUE) THEN', 'a.b'],
      [8, "RETURN 'x;''y'", 'a.b'],
      [9, 'END IF', 'a.b'],
      [10, 'END', 'a.b'],
    ]);
  });
});
