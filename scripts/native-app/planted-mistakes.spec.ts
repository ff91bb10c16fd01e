import type { AppFiles } from './native-app';
import { nativeAppFiles } from './native-app-files';
import { nativeAppProblems } from './native-app-rules';

const files = nativeAppFiles();
type File = 'manifest.yml' | 'setup.sql' | 'service.yaml';

/** The app with a mistake in one of its files. */
function planted(file: File, text: string, mistake: string): AppFiles {
  const content = files[file] ?? '';
  expect(content).toContain(text);
  return { ...files, [file]: content.replace(text, () => mistake) };
}

const caught = (file: File, text: string, mistake: string) => nativeAppProblems(planted(file, text, mistake));
const IMAGES = '/snowflow_provider/app/images';

describe('A mistake that is planted in the Native App is caught: of its files', () => {
  it.each([
    ['readme that is not there', 'readme: README.md', 'readme: READ.md', 'READ.md is named and is not there'],
    [
      'setup script that is not there',
      'setup_script: setup.sql',
      'setup_script: set-up.sql',
      'set-up.sql is named and is not there',
    ],
    [
      'older manifest',
      'manifest_version: 2',
      'manifest_version: 1',
      'manifest.yml: manifest_version: Invalid input: expected 2',
    ],
    [
      'unknown field of the manifest',
      'uses_gpu: false',
      'uses_gpu: false\n    ports: []',
      'manifest.yml: artifacts.container_services: Unrecognized key: "ports"',
    ],
    [
      'traces of procedures',
      "trace_level: 'OFF'",
      'trace_level: ALWAYS',
      'manifest.yml: configuration.trace_level: Invalid input: expected "OFF"',
    ],
    [
      'callback without a schema',
      'grant_callback: core.grant_callback',
      'grant_callback: grant_callback',
      'manifest.yml: configuration.grant_callback: is not schema.name in lower case',
    ],
  ])('%s', (_what, text, mistake, sentence) => {
    expect(caught('manifest.yml', text, mistake)).toContain(sentence);
  });

  it('a specification that is not there, and a file that nobody asked for', () => {
    expect(
      caught('setup.sql', "FROM SPECIFICATION_FILE = '/service.yaml'", "FROM SPECIFICATION_FILE = '/svc.yaml'"),
    ).toEqual(
      expect.arrayContaining([
        'svc.yaml is named and is not there',
        'The service services.snowflow is not made of the file /service.yaml',
      ]),
    );
    expect(nativeAppProblems({ ...files, 'notes.txt': '' })).toContain('notes.txt is there and nothing names it');
    const { 'service.yaml': _removed, ...rest } = files;
    expect(nativeAppProblems(rest)).toContain('service.yaml is not there');
  });

  it('a key that stands twice', () => {
    expect(() => caught('service.yaml', 'capabilities:', 'serviceRoles: []\ncapabilities:')).toThrow(
      'Map keys must be unique',
    );
  });
});

describe('A mistake that is planted in the Native App is caught: of its images', () => {
  it.each<[string, File, string, string, string]>([
    [
      'not in the manifest',
      'manifest.yml',
      `      - ${IMAGES}/worker:0.1.0\n`,
      '',
      `${IMAGES}/worker:0.1.0 runs and is not in the manifest`,
    ],
    [
      'listed twice',
      'manifest.yml',
      `      - ${IMAGES}/worker:0.1.0\n`,
      `      - ${IMAGES}/worker:0.1.0\n      - ${IMAGES}/worker:0.1.0\n`,
      `${IMAGES}/worker:0.1.0 is listed twice`,
    ],
    [
      'never run',
      'manifest.yml',
      `      - ${IMAGES}/worker:0.1.0\n`,
      `      - ${IMAGES}/worker:0.1.0\n      - ${IMAGES}/local-warehouse:0.1.0\n`,
      `${IMAGES}/local-warehouse:0.1.0 is in the manifest and never runs`,
    ],
    [
      'of another version',
      'service.yaml',
      `${IMAGES}/auth:0.1.0`,
      `${IMAGES}/auth:0.1.1`,
      `${IMAGES}/auth:0.1.1 runs and is not in the manifest`,
    ],
    [
      'latest',
      'service.yaml',
      `${IMAGES}/auth:0.1.0`,
      `${IMAGES}/auth:latest`,
      `${IMAGES}/auth:latest is no fixed version`,
    ],
    [
      'without a tag',
      'service.yaml',
      `${IMAGES}/auth:0.1.0`,
      `${IMAGES}/auth`,
      `${IMAGES}/auth is not /database/schema/repository/name:tag`,
    ],
    [
      'of another registry',
      'service.yaml',
      `${IMAGES}/redis:7.0.15-bookworm`,
      'docker.io/library/redis:7.0.15-bookworm',
      'docker.io/library/redis:7.0.15-bookworm is not /database/schema/repository/name:tag',
    ],
    [
      'that nobody builds',
      'service.yaml',
      `${IMAGES}/auth:0.1.0`,
      `${IMAGES}/author:0.1.0`,
      `${IMAGES}/author:0.1.0 is no target of the Dockerfile`,
    ],
    [
      'of another program',
      'service.yaml',
      `${IMAGES}/auth:0.1.0`,
      `${IMAGES}/catalog:0.1.0`,
      `The container auth runs ${IMAGES}/catalog:0.1.0`,
    ],
  ])('%s', (_what, file, text, mistake, sentence) => {
    expect(caught(file, text, mistake)).toContain(sentence);
  });
});

describe('A mistake that is planted in the Native App is caught: of who may do what', () => {
  it.each<[string, File, string, string, string]>([
    [
      'privilege that is used and not asked for',
      'manifest.yml',
      '  - CREATE COMPUTE POOL:\n',
      '  - CREATE WAREHOUSE:\n',
      'CREATE COMPUTE POOL is used and not asked for',
    ],
    [
      'privilege that is asked for and not used',
      'manifest.yml',
      '  - CREATE COMPUTE POOL:\n',
      '  - CREATE WAREHOUSE:\n',
      'CREATE WAREHOUSE is asked for and not used',
    ],
    [
      'public endpoint without its privilege',
      'manifest.yml',
      '  - BIND SERVICE ENDPOINT:\n',
      '  - EXECUTE TASK:\n',
      'BIND SERVICE ENDPOINT is used and not asked for',
    ],
    [
      'privilege that the callback waits for in vain',
      'setup.sql',
      "ARRAY_CONTAINS('BIND SERVICE ENDPOINT'::VARIANT",
      "ARRAY_CONTAINS('BIND ENDPOINT'::VARIANT",
      'The callback waits for BIND ENDPOINT, never granted',
    ],
    [
      'callback that is not there',
      'manifest.yml',
      'grant_callback: core.grant_callback',
      'grant_callback: core.granted',
      'grant_callback names core.granted(ARRAY), which setup.sql does not create',
    ],
    [
      'callback with other arguments',
      'setup.sql',
      'core.grant_callback(privileges ARRAY)',
      'core.grant_callback(privileges VARCHAR)',
      'grant_callback names core.grant_callback(ARRAY), which setup.sql does not create',
    ],
    [
      'callback of upgrades that is not there',
      'manifest.yml',
      'version_initializer: core.version_init',
      'version_initializer: core.init',
      'version_initializer names core.init(), which setup.sql does not create',
    ],
    [
      'page of a service that is not there',
      'manifest.yml',
      'service: services.snowflow',
      'service: services.flow',
      'The app opens with the service services.flow, which setup.sql does not create',
    ],
    [
      'callback that nobody may call',
      'setup.sql',
      'GRANT USAGE ON PROCEDURE core.grant_callback(ARRAY) TO APPLICATION ROLE app_admin;',
      '',
      'Nobody may call core.grant_callback(ARRAY)',
    ],
    [
      'grant of what is not there',
      'setup.sql',
      'ON PROCEDURE core.version_init()',
      'ON PROCEDURE core.version_init(ARRAY)',
      'setup.sql grants core.version_init(ARRAY), which it does not create',
    ],
    [
      'role that is not there',
      'setup.sql',
      'CREATE APPLICATION ROLE IF NOT EXISTS app_admin;\n',
      '',
      'setup.sql grants something to the application role app_admin, which it does not create',
    ],
    [
      "caller's token",
      'service.yaml',
      'executeAsCaller: true',
      'executeAsCaller: false',
      "executeAsCaller is off: no request brings its caller's token",
    ],
    [
      "callers' rights that nobody was told of",
      'manifest.yml',
      'enabled: true',
      'enabled: false',
      "restricted_callers_rights is off: no caller's right can be used",
    ],
    [
      "the service's token for a container that needs none",
      'service.yaml',
      'livenessProbe: { port: 9092, path: /health/live, failureThreshold: 12 }\n      mountSessionToken: false\n',
      'livenessProbe: { port: 9092, path: /health/live, failureThreshold: 12 }\n',
      'auth gets the session token',
    ],
    [
      'no token for the one that needs it',
      'service.yaml',
      'livenessProbe: { port: 9094, path: /health/live, failureThreshold: 12 }\n',
      'livenessProbe: { port: 9094, path: /health/live, failureThreshold: 12 }\n      mountSessionToken: false\n',
      'connection-manager gets no session token',
    ],
    [
      'token elsewhere',
      'service.yaml',
      'SPCS_TOKEN_FILE: /snowflake/session/token',
      'SPCS_TOKEN_FILE: /snowflake/token',
      'connection-manager looks for its token where Snowflake does not put it',
    ],
    [
      'program that believes to be outside',
      'service.yaml',
      "NATIVE_APP: 'on'",
      "NATIVE_APP: 'off'",
      'gateway does not know that it runs inside Snowflake',
    ],
    [
      'demo',
      'service.yaml',
      "DEMO: 'off'",
      "DEMO: 'on'",
      'connection-manager serves demo accounts, which are not there',
    ],
  ])('%s', (_what, file, text, mistake, sentence) => {
    expect(caught(file, text, mistake)).toContain(sentence);
  });
});
