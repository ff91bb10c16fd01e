import { z } from 'zod';
import type { HashicorpClient } from './hashicorp-client';
import { SecretReference, SecretStore } from './secret-store';

const kept = z.object({ data: z.object({ value: z.string() }) });

/** Secrets in a HashiCorp Vault's KV version 2 engine, under `<mount>/<prefix>/<tenant>/<name>`. */
export class HashicorpKv2SecretStore extends SecretStore {
  constructor(
    private readonly client: HashicorpClient,
    private readonly mount: string,
    private readonly prefix: string,
  ) {
    super();
  }

  async put(reference: SecretReference, value: string): Promise<void> {
    const path = this.path('data', reference);
    await this.client.request({ method: 'POST', path, body: { data: { value } }, repeatable: false });
  }

  async get(reference: SecretReference): Promise<string | undefined> {
    const found = await this.client.request({ method: 'GET', path: this.path('data', reference), repeatable: true });
    return found === undefined ? undefined : kept.parse(found).data.value;
  }

  /** By the metadata: deleting the data alone would leave every version to be brought back. */
  async delete(reference: SecretReference): Promise<void> {
    await this.client.request({ method: 'DELETE', path: this.path('metadata', reference), repeatable: true });
  }

  private path(kind: 'data' | 'metadata', { tenantId, name }: SecretReference): string {
    return `${this.mount}/${kind}/${this.prefix}/${encodeURIComponent(tenantId)}/${encodeURIComponent(name)}`;
  }
}
