import { givenAddresses } from '@snowflow/testing/env';
import { startStack, type Stack } from '@snowflow/testing/stack';

export type GivenStack = Pick<Stack, 'gatewayUrl' | 'warehouseUrl' | 'stop'>;

/** The installation at SPEC_ADDRESS, as `npm run images:try` brings it up from images; without it, one of the test's own. */
export async function givenStack(): Promise<GivenStack> {
  const given = givenAddresses();
  return given ? { ...given, stop: () => Promise.resolve() } : startStack();
}
