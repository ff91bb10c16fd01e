import { publicLookup } from '@snowflow/platform/net/address-filter';
import { Egress } from './egress';

const stage = new URL('https://bucket.s3.eu-west-1.amazonaws.com');
const linked = new URL('https://org-acc.privatelink.snowflakecomputing.com');
const open = new URL('https://org-acc.snowflakecomputing.com');

describe('Where results are read', () => {
  it('may be a private address for an account on a private link, where the installation allows these', () => {
    const egress = new Egress({ privateLink: true });
    expect([egress.lookupFor(linked), egress.lookupFor(stage, linked)]).toEqual([undefined, undefined]);
    expect([egress.lookupFor(stage), egress.lookupFor(stage, open)]).toEqual([publicLookup, publicLookup]);
  });

  it('may be a private address inside Snowflake, for the account it runs in and no other', () => {
    const egress = new Egress({ homeOrigin: open.origin });
    expect([egress.lookupFor(open), egress.lookupFor(stage, open)]).toEqual([undefined, undefined]);
    expect([egress.lookupFor(linked), egress.lookupFor(stage)]).toEqual([publicLookup, publicLookup]);
  });

  it('is public for every other', () => {
    const egress = new Egress();
    expect([egress.lookupFor(linked), egress.lookupFor(stage, linked)]).toEqual([publicLookup, publicLookup]);
  });
});
