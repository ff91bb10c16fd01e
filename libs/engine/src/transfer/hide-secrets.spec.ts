import { assembleFile } from './assemble-file';
import { CANARIES, documentOfCanaries } from './fixtures/secret-canaries';
import { needsOf } from './import-needs';
import { namesInSql } from './names-in-sql';
import { hideInAddress } from './secret-address';
import { namesSecret } from './secret-names';
import { hideInText } from './secret-text';
import { writeFile } from './write-file';

const hide = () => '[hidden]';

describe('Secrets of a workflow', () => {
  const file = assembleFile([{ document: documentOfCanaries(), tags: [], calledAs: [] }], { values: true });
  const texts = (['json', 'yaml'] as const).map((format) => writeFile(file, format));

  it.each(Object.entries(CANARIES))('%s is in no file', (_kind, canary) => {
    for (const text of texts)
      for (const part of canary.split(/[/:.]/)) expect(text.replaceAll('<secret:canaries', '')).not.toContain(part);
  });

  it('leave what is no secret as it was', () => {
    const [json = ''] = texts;
    for (const kept of [
      'agent.example.com/v1/',
      'limit=5',
      'application/json',
      'EUROPE',
      'Ann',
      'https://hooks.example.com/',
    ]) {
      expect(json).toContain(kept);
    }
  });

  it('are asked for by import, each by the place where it was; one credential once', () => {
    const names = needsOf(file.workflows).map(({ kind, name }) => `${kind} ${name}`);
    expect(names).toEqual(
      expect.arrayContaining([
        'credential credential-1',
        'credential credential-2',
        'secret canaries.ask.headers.0.value',
        'secret canaries.tell.url',
        'workflow workflow-1',
      ]),
    );
  });

  it.each([
    ['https://h.example.com/a?x={{ parameters.x }}&token={{ parameters.t }}', undefined],
    ['https://h.example.com/orders/{{ value.id }}', undefined],
    ['https://u:p@h.example.com/a', 'https://[hidden]@h.example.com/a'],
    ['https://hooks.slack.com/services/T/B/x', 'https://hooks.slack.com/[hidden]'],
    ['https://h.example.com/a#access_token=x', 'https://h.example.com/a#[hidden]'],
    ['https://h.example.com/a?sig=x&page=2', 'https://h.example.com/a?sig=[hidden]&page=2'],
  ])('an address %s', (address, shown) => {
    expect(hideInAddress(address, hide)).toBe(shown ?? address);
  });

  it.each([
    ['SELECT * FROM T WHERE T.TOKEN = U.TOKEN', undefined],
    ["SELECT * FROM T WHERE PASSWORD = 'x'", "SELECT * FROM T WHERE PASSWORD = '[hidden]'"],
    ["CREATE USER U IDENTIFIED BY 'x'", "CREATE USER U IDENTIFIED BY '[hidden]'"],
    ['ALTER USER U SET PASSWORD = $$x y$$', 'ALTER USER U SET PASSWORD = $$[hidden]$$'],
    ["SET PASSWORD = 'it\\'s ''x'", "SET PASSWORD = '[hidden]'"],
    ["SET PASSWORD = 'x", "SET PASSWORD = '[hidden]'"],
    ["SECRET_STRING='x' KEY2_PASSWORD='y'", "SECRET_STRING='[hidden]' KEY2_PASSWORD='[hidden]'"],
    [
      "CREDENTIALS=(AWS_KEY_ID='a' AWS_SECRET_KEY='b') ENCRYPTION=(MASTER_KEY='c')",
      "CREDENTIALS=(AWS_KEY_ID='[hidden]' AWS_SECRET_KEY='[hidden]') ENCRYPTION=(MASTER_KEY='[hidden]')",
    ],
    [
      "SELECT DECRYPT(HEX(A), 'x'), ENCRYPT_RAW(B, TO_BINARY('00'))",
      "SELECT DECRYPT(HEX(A), '[hidden]'), ENCRYPT_RAW(B, TO_BINARY('[hidden]'))",
    ],
  ])('SQL %s', (sql, shown) => {
    expect(hideInText(sql, hide, true)).toBe(shown ?? sql);
  });

  it.each([
    ['letters', 'a'],
    ['beginnings of tokens', 'eyJ-'],
    ['quotes that are not closed', 'password="\\"'],
    ['comments that are not closed', '/* '],
    ['texts that are not closed', "it's \\' "],
  ])('are looked for soon in no matter how many %s', (_what, part) => {
    const text = part.repeat(400_000 / part.length);
    const begun = performance.now();
    hideInText(text, hide, true);
    namesInSql(text);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('are told by the names of fields, not by words that only sound so', () => {
    expect(['apiKey', 'client_secret', 'X-Auth-Token', 'PASSWORD', 'db-password'].map(namesSecret)).not.toContain(
      false,
    );
    expect(['maxTokens', 'keys', 'author', 'passes', 'tokenizer', 'compass'].map(namesSecret)).not.toContain(true);
  });
});
