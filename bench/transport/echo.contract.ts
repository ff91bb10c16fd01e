import { Text } from '@snowflow/contracts/dto/fields';
import { defineService, read } from '@snowflow/contracts/rpc/service-contract';

export class EchoRequest {
  @Text({ max: 100 })
  text: string;
}

/** The service of the benchmark: `echo` answers at once, `wait` after 20 ms. */
export const echoContract = defineService('bench', {
  echo: read<{ text: string }>()(EchoRequest),
  wait: read<{ text: string }>()(EchoRequest),
});

export const BUILT_IN_PATTERN = 'bench.builtin';
