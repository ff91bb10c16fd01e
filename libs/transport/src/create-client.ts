import type { AnyOperation, CallOptions, ServiceClient } from '@snowflow/contracts/rpc/service-contract';
import type { RpcCaller } from './rpc-caller';

interface CallableContract {
  readonly service: string;
  readonly operations: Readonly<Record<string, AnyOperation>>;
}

/** The typed client of a service, one method per operation. Clients of one process share their caller; nothing here needs Nest. */
export function createClient<Contract extends CallableContract>(
  contract: Contract,
  caller: RpcCaller,
): ServiceClient<Contract> {
  const methods = Object.entries(contract.operations).map(([verb, operation]) => [
    verb,
    (input: object, options?: CallOptions) => caller.call(contract.service, operation, input, options),
  ]);
  // Object.fromEntries forgets the keys; they are those of the contract.
  return Object.fromEntries(methods) as ServiceClient<Contract>;
}
