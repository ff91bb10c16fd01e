import fc from 'fast-check';
import { isPublicAddress } from './address-filter';

describe('Addresses that a server may be sent to', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '52.0.0.1'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '::127.0.0.1',
    '::7f00:1',
    '4000::1',
    '224.0.0.1',
    'localhost',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('says the same of an IPv4 address however it is wrapped', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => !isPublicAddress(address) || isPublicAddress(`::ffff:${address}`)));
  });
});
