import { nativeAppFiles } from './native-app-files';
import { nativeAppProblems } from './native-app-rules';

const files = nativeAppFiles();
const specification = files['service.yaml'] ?? '';

function caught(text: string, mistake: string): string[] {
  expect(specification).toContain(text);
  return nativeAppProblems({ ...files, 'service.yaml': specification.replace(text, () => mistake) });
}

describe('A mistake that is planted in the service specification is caught by its type', () => {
  it.each([
    [
      'unknown field',
      'readinessProbe: { port: 9091',
      'startupProbe: { port: 9091',
      'service.yaml: spec.containers.3: Unrecognized key: "startupProbe"',
    ],
    [
      'number as a setting',
      "PORT: '3000'",
      'PORT: 3000',
      'service.yaml: spec.containers.3.env.PORT: Invalid input: expected string, received number',
    ],
    [
      'settings as a list',
      '      env:\n        POSTGRES_USER: snowflow\n        POSTGRES_DB: snowflow\n        POSTGRES_PASSWORD_FILE: /run/keys/database/POSTGRES_PASSWORD\n',
      '      env: [{ name: POSTGRES_USER, value: snowflow }]\n',
      'service.yaml: spec.containers.2.env: Invalid input: expected record, received array',
    ],
    [
      'name in upper case',
      '- name: auth\n',
      '- name: Auth\n',
      'service.yaml: spec.containers.4.name: is not lower case, digits and hyphens',
    ],
    [
      'name that is too long',
      '- name: auth\n',
      `- name: ${'a'.repeat(64)}\n`,
      'service.yaml: spec.containers.4.name: is longer than 63 characters',
    ],
    [
      'probe without a path',
      'port: 9091, path: /health/ready',
      'port: 9091',
      'service.yaml: spec.containers.3.readinessProbe.path: Invalid input: expected string, received undefined',
    ],
    [
      'owner of a disk',
      'source: block, size: 1Gi',
      'source: block, size: 1Gi, uid: 1000',
      'service.yaml: spec.volumes.0: Unrecognized key: "uid"',
    ],
    [
      'disk in another unit',
      'source: block, size: 1Gi',
      'source: block, size: 1024Mi',
      'service.yaml: spec.volumes.0.size: is not in whole Gi',
    ],
    [
      'memory without a unit',
      'memory: 64Mi',
      "memory: '64'",
      'service.yaml: spec.containers.0.resources.requests.memory: is no amount of memory',
    ],
    [
      'alias',
      "'10000'",
      '&drain 1\n        OTHER: *drain',
      'service.yaml: *drain is an alias, which Snowflake may not read',
    ],
  ])('%s', (_what, text, mistake, sentence) => {
    expect(caught(text, mistake)).toContain(sentence);
  });
});

describe('A mistake that is planted in the service specification is caught by a rule', () => {
  it.each([
    [
      'unknown variable',
      'RUN_CONCURRENCY:',
      'RUN_CONCURENCY:',
      'worker: RUN_CONCURENCY is no variable of this program',
    ],
    [
      'value that can not be read',
      "RUN_CONCURRENCY: '16'",
      'RUN_CONCURRENCY: many',
      'worker: RUN_CONCURRENCY is not a whole number',
    ],
    [
      'missing variable',
      '        JWT_PUBLIC_KEYS_FILE: /run/keys/everyone/JWT_PUBLIC_KEYS\n',
      '',
      'gateway: JWT_PUBLIC_KEYS is required and not given',
    ],
    [
      'secret in the file',
      'SEALING_KEYS_FILE: /run/keys/everyone/SEALING_KEYS',
      'SEALING_KEYS: k1:AAAA',
      'gateway: SEALING_KEYS is a secret and stands in a file',
    ],
    [
      'password of a store in the file',
      'POSTGRES_PASSWORD_FILE: /run/keys/database/POSTGRES_PASSWORD',
      'POSTGRES_PASSWORD: hunter2',
      'postgres: POSTGRES_PASSWORD is a secret and stands in the file',
    ],
    [
      'password in an address',
      'REDIS_URL_FILE: /run/keys/everyone/REDIS_URL',
      'REDIS_URL: redis://:hunter2@127.0.0.1:6379',
      'gateway: REDIS_URL is a secret and stands in the file',
    ],
    [
      'secret that nobody makes',
      'everyone/JWT_PUBLIC_KEYS',
      'everyone/JWT_KEYS',
      'gateway: /run/keys/everyone/JWT_KEYS is read and not mounted, or nobody makes it',
    ],
    [
      'secret that is not mounted',
      '        - { name: keys-signing, mountPath: /run/keys/signing }\n      resources:\n        requests: { cpu: 100m',
      '      resources:\n        requests: { cpu: 100m',
      'auth: /run/keys/signing/JWT_PRIVATE_KEY is read and not mounted, or nobody makes it',
    ],
    [
      'secret that is mounted for nothing',
      '        JWT_PRIVATE_KEY_FILE: /run/keys/signing/JWT_PRIVATE_KEY\n',
      '',
      'auth: /run/keys/signing is mounted and not read',
    ],
    [
      "variable that is Snowflake's",
      "DEMO: 'off'",
      "DEMO: 'off'\n        SNOWFLAKE_HOST: acme.snowflakecomputing.com",
      "connection-manager: SNOWFLAKE_HOST is Snowflake's to set, and wrong as soon as we do",
    ],
    [
      'port that is taken',
      "AUTH_HEALTH_PORT: '9092'",
      "AUTH_HEALTH_PORT: '9091'",
      'gateway and auth both listen on 9091',
    ],
    [
      'port of the image',
      "        AUTH_HEALTH_PORT: '9092'\n",
      '',
      'The readinessProbe of auth asks 9092, where it is not',
    ],
    [
      'probe of another',
      '{ port: 9092, path: /health/ready }',
      '{ port: 9093, path: /health/ready }',
      'The readinessProbe of auth asks 9093, where it is not',
    ],
    [
      'probe of another page',
      '{ port: 9092, path: /health/ready }',
      '{ port: 9092, path: /health/live }',
      'The readinessProbe of auth asks /health/live, not /health/ready',
    ],
    ['no probe', '      readinessProbe: { port: 9092, path: /health/ready }\n', '', 'auth has no readinessProbe'],
    [
      'name of another network',
      'CONNECTIONS_ROWS_URLS: http://127.0.0.1:3110',
      'CONNECTIONS_ROWS_URLS: http://connection-manager:3110',
      'gateway asks at connection-manager:3110, where nothing listens',
    ],
    [
      'port where nothing listens',
      'CONNECTIONS_ROWS_URLS: http://127.0.0.1:3110',
      'CONNECTIONS_ROWS_URLS: http://127.0.0.1:3111',
      'gateway asks at 127.0.0.1:3111, where nothing listens',
    ],
    ['container that ends', ', --stay]', ']', 'secrets ends when it is done, and would be started again for ever'],
    [
      'stores by their names in Compose',
      '/run/keys, 127.0.0.1, 127.0.0.1',
      '/run/keys, redis, postgres',
      'secrets does not write 127.0.0.1 as the address of both stores',
    ],
    [
      'endpoint of another name',
      '- name: app\n',
      '- name: page\n',
      'The app opens with the endpoint app, which service.yaml does not have',
    ],
    ['endpoint of nobody', 'public: true', 'public: false', 'The app opens with the endpoint app, which is not public'],
    [
      'endpoint of another port',
      '      port: 3000\n',
      '      port: 9091\n',
      'The endpoint app does not lead to the port of the gateway',
    ],
    [
      'endpoint where nothing listens',
      '      port: 3000\n',
      '      port: 3001\n',
      'The endpoint app leads to 3001, where nothing listens',
    ],
    [
      'second public endpoint',
      '  volumes:\n    #',
      '    - { name: rows, port: 3110, protocol: HTTP, public: true }\n  volumes:\n    #',
      'The endpoint rows is public and the app does not open with it',
    ],
    [
      'service role for another endpoint',
      'endpoints: [app]',
      'endpoints: [page]',
      'The service role app_endpoint names the endpoint page, which is not there',
    ],
    ['service role for nothing', 'endpoints: [app]', 'endpoints: [page]', 'No service role may use the endpoint app'],
    [
      'volume that is not there',
      '{ name: redis-data, mountPath',
      '{ name: data, mountPath',
      'redis mounts data, which is not among the volumes',
    ],
    [
      'volume that is mounted nowhere',
      '{ name: redis-data, mountPath',
      '{ name: data, mountPath',
      'The volume redis-data is mounted nowhere',
    ],
    [
      'volume that is there twice',
      '    - { name: redis-data, source: block, size: 10Gi }\n',
      '    - { name: redis-data, source: block, size: 10Gi }\n    - { name: redis-data, source: block, size: 9Gi }\n',
      'The volume redis-data is there twice',
    ],
    [
      'two volumes at one path',
      '- { name: redis-data, mountPath: /data }\n',
      '- { name: redis-data, mountPath: /data }\n        - { name: keys-redis, mountPath: /data }\n',
      'redis mounts two volumes at /data',
    ],
    [
      'database in memory',
      '{ name: postgres-data, source: block, size: 50Gi }',
      '{ name: postgres-data, source: memory, size: 50Gi }',
      'postgres keeps /var/lib/postgresql on no disk',
    ],
    [
      'secrets of the installation in memory',
      '{ name: installation, source: block, size: 1Gi }',
      '{ name: installation, source: memory, size: 1Mi }',
      'secrets keeps /run/keys/installation on no disk',
    ],
    [
      'all secrets for one program',
      '        - { name: keys-everyone, mountPath: /run/keys/everyone }\n      resources:\n        requests: { cpu: 250m',
      '        - { name: keys-everyone, mountPath: /run/keys/everyone }\n        - { name: installation, mountPath: /run/keys/installation }\n      resources:\n        requests: { cpu: 250m',
      'gateway gets all secrets of the installation',
    ],
    [
      'more than the limit',
      'requests: { cpu: 300m, memory: 384Mi }',
      'requests: { cpu: 300m, memory: 3Gi }',
      'connection-manager asks for more than its limit',
    ],
    [
      'more memory than there is',
      'requests: { cpu: 200m, memory: 512Mi }',
      'requests: { cpu: 200m, memory: 12Gi }',
      'Containers ask for 14276 Mi, and a machine of CPU_X64_S has 13312',
    ],
  ])('%s', (_what, text, mistake, sentence) => {
    expect(caught(text, mistake)).toContain(sentence);
  });

  it('a program that has two containers', () => {
    expect(caught('    - name: auth\n', '    - name: catalog\n')).toEqual(
      expect.arrayContaining(['catalog has two containers', 'auth has no container']),
    );
  });

  it('more than one document', () => {
    expect(caught('serviceRoles:', '---\nserviceRoles:')).toContain('service.yaml holds more than one document');
  });

  it('a program that has no container', () => {
    const [before, after = ''] = specification.split('    - name: catalog\n');
    const rest = after.slice(after.indexOf('\n    # The only one'));
    const problems = nativeAppProblems({ ...files, 'service.yaml': `${before}${rest}` });
    expect(problems).toContain('catalog has no container');
  });
});
