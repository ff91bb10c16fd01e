import type { EngineAnswer } from './hashicorp-vault';

const METHOD_NOT_ALLOWED: EngineAnswer = { status: 405, errors: ['unsupported operation'] };

/** Vault's KV engine, version 2: writing makes a version, deleting the metadata removes all of them. */
export function kv2Engine() {
  const secrets = new Map<string, object[]>();

  function read(path: string): EngineAnswer {
    const versions = secrets.get(path);
    if (!versions) return { status: 404, errors: [] };
    const metadata = { created_time: new Date().toISOString(), deletion_time: '', destroyed: false };
    return { status: 200, data: { data: versions.at(-1), metadata: { ...metadata, version: versions.length } } };
  }

  function write(path: string, { data, ...rest }: Record<string, unknown>): EngineAnswer {
    if (typeof data !== 'object' || data === null) return { status: 400, errors: ['no data provided'] };
    if (Object.keys(rest).some((field) => field !== 'options')) return { status: 400, errors: ['unknown field'] };
    secrets.set(path, [...(secrets.get(path) ?? []), data]);
    return { status: 200, data: { version: secrets.get(path)?.length, destroyed: false } };
  }

  return {
    dump: () => JSON.stringify([...secrets]),
    answer(method: string, path: string, body: Record<string, unknown>): EngineAnswer {
      const [, kind, name] = /^(data|metadata)\/(.+)$/.exec(path) ?? [];
      if (!kind || !name) return { status: 404, errors: [] };
      if (kind === 'data' && method === 'GET') return read(name);
      if (kind === 'data' && (method === 'POST' || method === 'PUT')) return write(name, body);
      if (kind === 'metadata' && method === 'DELETE') {
        secrets.delete(name);
        return { status: 204 };
      }
      return METHOD_NOT_ALLOWED;
    },
  };
}
