import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { spokenBinding, type SpokenText } from '@snowflow/contracts/runs/spoken-text';

/** Opens what agents say, on its way to who runs them. */
export class SpokenTexts {
  constructor(private readonly sealer: Sealer) {}

  /** Undefined for what was sealed for another tenant or run, or by a key that is gone: it is only missed. */
  open(sealed: string, tenantId: string, runId: string): SpokenText | undefined {
    try {
      return JSON.parse(this.sealer.open(sealed, spokenBinding(tenantId, runId))) as SpokenText;
    } catch {
      return undefined;
    }
  }
}
