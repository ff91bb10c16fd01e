import fc from 'fast-check';
import type { OutsideHost } from '@snowflow/contracts/workflow/outside.dto';
import { refusalOf } from './host-rules';
import { plainHosts, plainRules } from './listed-hosts';

interface More {
  method?: string;
  carries?: string[] | undefined;
}

const refusal = (rules: OutsideHost[], url: string, more: More = {}) =>
  refusalOf(rules, { method: 'GET', carries: [], ...more, url: new URL(url) });

describe('The hosts that a tenant lets its workflows call', () => {
  const rules: OutsideHost[] = [
    { host: 'agent.example.com', paths: ['/v1', '/open/'], methods: ['GET'] },
    { host: '.corp.example', fields: ['total'] },
    { host: 'all.example.com', dataAllowed: true },
  ];

  it.each([
    'https://agent.example.com/v1',
    'https://agent.example.com/v1/a%20b',
    'https://agent.example.com/open/x?y=/v2',
    'https://a.corp.example/anything',
  ])('%s is let out', (url) => expect(refusal(rules, url)).toBeUndefined());

  it.each([
    'https://agent.example.com/',
    'https://agent.example.com/v10',
    'https://agent.example.com/v1/../v2',
    'https://agent.example.com/v1/%2e%2e/v2',
    'https://agent.example.com/v1/..%2fv2',
    'https://agent.example.com/v1/%2e%2e%5cv2',
    'https://agent.example.com/v1/%252e%252e%252fv2',
    'https://agent.example.com/open',
    'https://corp.example/',
    'https://example.com/',
  ])('%s is not, and the setting is named', (url) => expect(refusal(rules, url)).toContain('Outside hosts'));

  it('a method that is not listed is refused', () => {
    expect(refusal(rules, 'https://agent.example.com/v1', { method: 'POST' })).toContain('POST');
  });

  it('lets values leave by field, or all, and names the one that may not', () => {
    const corp = (carries: string[] | undefined) => refusal(rules, 'https://a.corp.example/', { carries });
    expect(corp(['value.total', 'nodes.sum.total', 'parameters.total'])).toBeUndefined();
    expect(corp(['value.total', 'nodes.sum.name'])).toContain('{{ nodes.sum.name }}');
    expect(corp(['value'])).toContain('{{ value }}');
    expect(corp(undefined)).toContain('What it sends');
    expect(refusal(rules, 'https://all.example.com/', { carries: undefined })).toBeUndefined();
  });

  it('lets nothing out where nothing is listed', () => {
    fc.assert(fc.property(fc.webUrl(), (url) => refusal([], url) !== undefined));
  });
});

describe('Hosts as people write them', () => {
  it('are kept as addresses have them', () => {
    expect(plainHosts('hosts', ['Agent.Example.COM', '.Corp.example', 'äpfel.example', '2130706433'])).toEqual([
      'agent.example.com',
      '.corp.example',
      'xn--pfel-koa.example',
      '127.0.0.1',
    ]);
  });

  it.each([
    'https://agent.example.com',
    'agent.example.com/x',
    'agent.example.com:8443',
    'a b',
    '',
    '.',
    'agent.',
    'ann@host',
  ])('“%s” is refused', (host) => expect(() => plainHosts('hosts', [host])).toThrow('Write a host'));

  it('have paths that an address could have', () => {
    expect(() => plainRules([{ host: 'a.example', paths: ['/v1', 'v2'] }])).toThrow('begins with /');
    expect(() => plainRules([{ host: 'a.example', paths: ['/a/../b'] }])).toThrow('begins with /');
    expect(plainRules([{ host: 'A.example', paths: ['/v1/x'] }])).toEqual([{ host: 'a.example', paths: ['/v1/x'] }]);
  });
});
