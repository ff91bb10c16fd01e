import type { Sealer } from '@snowflow/contracts/rpc/sealer';

const bindingOf = (tenantId: string): string => `${tenantId}|schedule`;

/** Parameters as they rest: values of people, so sealed for their tenant and this purpose. */
export function sealParameters(sealer: Sealer, tenantId: string, parameters: Record<string, unknown>): string {
  return sealer.seal(JSON.stringify(parameters), bindingOf(tenantId));
}

/** Opens what `sealParameters` sealed. */
export function openParameters(sealer: Sealer, tenantId: string, sealed: string): Record<string, unknown> {
  return JSON.parse(sealer.open(sealed, bindingOf(tenantId))) as Record<string, unknown>;
}
