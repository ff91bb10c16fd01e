import { assembleFile } from './assemble-file';
import { CANARIES, documentOfCanaries } from './fixtures/secret-canaries';
import { needsOf } from './import-needs';
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
  ])('SQL %s', (sql, shown) => {
    expect(hideInText(sql, hide, true)).toBe(shown ?? sql);
  });

  it('are told by the names of fields, not by words that only sound so', () => {
    expect(['apiKey', 'client_secret', 'X-Auth-Token', 'PASSWORD', 'db-password'].map(namesSecret)).not.toContain(
      false,
    );
    expect(['maxTokens', 'keys', 'author', 'passes', 'tokenizer', 'compass'].map(namesSecret)).not.toContain(true);
  });
});
