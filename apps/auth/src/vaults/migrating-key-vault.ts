import { KeyVault } from './key-vault';

/** Wraps by the vault that is chosen now and still opens what former ones wrapped, which is stale: reading moves it over. */
export class MigratingKeyVault extends KeyVault {
  constructor(
    private readonly current: KeyVault,
    private readonly former: KeyVault[],
  ) {
    super();
  }

  wrap(key: Buffer, binding: string): Promise<string> {
    return this.current.wrap(key, binding);
  }

  async unwrap(wrapped: string, binding: string): Promise<Buffer> {
    const vault = [this.current, ...this.former].find((candidate) => candidate.recognises(wrapped));
    if (!vault) throw new Error('This data key was wrapped by a vault that is not set up here any more');
    return vault.unwrap(wrapped, binding);
  }

  recognises(wrapped: string): boolean {
    return [this.current, ...this.former].some((vault) => vault.recognises(wrapped));
  }

  async isStale(wrapped: string): Promise<boolean> {
    return !this.current.recognises(wrapped) || this.current.isStale(wrapped);
  }
}
