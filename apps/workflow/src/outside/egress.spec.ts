import { publicLookup } from '@snowflow/platform/net/address-filter';
import { Egress } from './egress';

describe('Where steps may reach', () => {
  const egress = new Egress({
    egressHosts: ['Hooks.example.com', '.corp.example'],
    privateHosts: ['inside.corp.example', '.lan'],
  });
  const may = (url: string) => {
    try {
      egress.check(new URL(url));
      return true;
    } catch {
      return false;
    }
  };

  it.each([
    'https://hooks.example.com/a',
    'https://HOOKS.example.com:8443/a',
    'https://a.b.corp.example',
    'http://inside.corp.example',
    'http://printer.lan:631',
  ])('%s is let out', (url) => expect(may(url)).toBe(true));

  it.each([
    'https://example.com',
    'https://xhooks.example.com',
    'https://hooks.example.com.evil.test',
    'https://hooks.example.com.',
    'https://corp.example',
    'https://evilcorp.example',
    'http://hooks.example.com',
    'https://ann:secret@hooks.example.com',
    'https://169.254.169.254',
    'https://[::1]',
  ])('%s is not', (url) => expect(may(url)).toBe(false));

  it('lets nothing out where the operator has listed nothing', () => {
    expect(() => new Egress({ egressHosts: [], privateHosts: [] }).check(new URL('https://hooks.example.com'))).toThrow(
      'EGRESS_HOSTS',
    );
  });

  it('reaches private addresses only of hosts that are listed as private', () => {
    expect(egress.lookupFor(new URL('https://hooks.example.com'))).toBe(publicLookup);
    expect(egress.lookupFor(new URL('http://inside.corp.example'))).toBeUndefined();
  });
});
