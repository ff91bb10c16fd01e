import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS } from '../configuration-page';
import { composeProblems } from './compose';
import { imageEnvironment } from './image-environment';
import { settingProblems } from './settings';

const read = (path: string) => readFileSync(join(__dirname, '..', '..', path), 'utf8');
const targets = Object.keys(imageEnvironment());

describe('The Compose file', () => {
  const content = read('docker-compose.yml');

  it('has every program, with settings it knows and all it requires', () => {
    expect(composeProblems(content, targets)).toEqual([]);
  });

  it.each([
    [
      'a variable that no program knows',
      'RUN_CONCURRENCY:',
      'RUN_CONCURENCY:',
      'worker: RUN_CONCURENCY is no variable of this program',
    ],
    [
      'a missing variable',
      '      CONNECTIONS_ROWS_URLS: http://connection-manager:3110\n',
      '',
      'gateway: CONNECTIONS_ROWS_URLS is required and not given',
    ],
    [
      'a secret in the file',
      'SMTP_URL:',
      'SMTP_URL: smtps://me:secret@host #',
      'worker: SMTP_URL is a secret and stands in a file',
    ],
    [
      'a value that can not be read',
      'HOSTED: ${HOSTED:-off}',
      'HOSTED: ${HOSTED:-no}',
      'auth: HOSTED is neither on nor off',
    ],
    ['a volume that is not there', 'redis-data:/data', 'data:/data', 'redis: data is not among the volumes'],
    [
      'a secret that is not mounted',
      '      - keys-signing:/run/keys/signing:ro\n',
      '',
      'auth: JWT_PRIVATE_KEY_FILE names a file that is not mounted',
    ],
    [
      'a target that is not there',
      'target: catalog',
      'target: catalogue',
      'catalog: the Dockerfile has no target catalogue',
    ],
    [
      'too little time to stop',
      'stop_grace_period: 15s',
      'stop_grace_period: 10s',
      'worker: has 10s to stop, and its drain takes 10000 ms',
    ],
    [
      'a word of newer versions',
      '    user: redis',
      '    pull_policy: always',
      'services.redis: Unrecognized key: "pull_policy"',
    ],
    [
      'a writable image',
      'read_only: true',
      'read_only: false',
      'services.gateway.read_only: Invalid input: expected true',
    ],
  ])('is caught with %s', (_what, text, mistake, sentence) => {
    expect(content).toContain(text);
    expect(
      composeProblems(
        content.replace(text, () => mistake),
        targets,
      ),
    ).toContain(sentence);
  });

  it('is refused with a key that stands twice', () => {
    expect(() => composeProblems(`${content}\nnetworks: {}\n`, targets)).toThrow('Map keys must be unique');
  });
});

describe('The images', () => {
  it('set only variables that their programs know, to values they can read', () => {
    const problems = Object.entries(PROGRAMS).map(([name, schema]) => [
      name,
      settingProblems(schema, imageEnvironment()[name] ?? {}).filter(
        (problem) => !problem.endsWith('required and not given'),
      ),
    ]);
    expect(Object.fromEntries(problems)).toEqual(Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []])));
    expect(imageEnvironment()['gateway']).toMatchObject({ HEALTH_HOST: '0.0.0.0', PORT: '3000' });
  });

  it('run as a user that is not root, by number, and say how they are', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile.match(/^USER .*$/gm)).toEqual(['USER 1000:1000']);
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\n? *\\?\n? *CMD/m);
    expect(targets).toEqual(expect.arrayContaining(Object.keys(PROGRAMS)));
  });

  it('stand on one version of Node, told in full, wherever its image is named', () => {
    const named = ['Dockerfile', 'docker-compose.yml', 'scripts/images/stand-ins.ts'].map((path) => [
      path,
      read(path).match(/docker\.io\/library\/node:[\w.-]+/g),
    ]);
    const [[, base] = []] = named;
    expect(base).toEqual([expect.stringMatching(/:\d+\.\d+\.\d+-/)]);
    expect(Object.fromEntries(named)).toEqual(Object.fromEntries(named.map(([path]) => [path, base])));
  });

  it('are built without what is not asked for: everything is left out but the sources', () => {
    const [first, ...rest] = read('.dockerignore').trim().split('\n');
    expect(first).toBe('*');
    expect(rest.filter((line) => /env|secret|key|pem|git/.test(line))).toEqual([]);
  });
});
