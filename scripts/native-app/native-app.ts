import { isAlias, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { parseYaml } from '../deployment/strict-yaml';
import { appManifest, type AppManifest } from './app-manifest';
import { serviceSpec, type ServiceSpec } from './service-spec';
import { type Statement, statementsOf } from './setup-script';

/** The files of an app by their paths below its root. */
export type AppFiles = Readonly<Record<string, string>>;

/** A Native App as the rules look at it. */
export interface NativeApp {
  manifest: AppManifest;
  service: ServiceSpec;
  statements: readonly Statement[];
  paths: ReadonlySet<string>;
}

/** Finds what is wrong, in sentences. */
export type AppRule = (app: NativeApp) => string[];

/** What Snowflake reads first has to have this name; the others stand in it and in the script. */
export const MANIFEST = 'manifest.yml';
export const SERVICE = 'service.yaml';

/** The app, or the sentences that say why it can't be read. */
export function readNativeApp(files: AppFiles): NativeApp | string[] {
  const [manifest, service] = [typed(files, MANIFEST, appManifest), typed(files, SERVICE, serviceSpec)];
  if (Array.isArray(manifest) || Array.isArray(service)) {
    return [manifest, service].flatMap((problems) => (Array.isArray(problems) ? problems : []));
  }
  const script = files[manifest.artifacts.setup_script] ?? '';
  return { manifest, service, statements: statementsOf(script), paths: new Set(Object.keys(files)) };
}

function typed<T extends object>(files: AppFiles, file: string, schema: z.ZodType<T>): T | string[] {
  const content = files[file];
  if (content === undefined) return [`${file} is not there`];
  const [document, ...others] = parseYaml(content, file);
  if (others.length > 0) return [`${file} holds more than one document`];
  const parsed = schema.safeParse(document);
  const problems = aliasesOf(content).map((alias) => `${file}: *${alias} is an alias, which Snowflake may not read`);
  if (parsed.success) return problems.length > 0 ? problems : parsed.data;
  return [...problems, ...parsed.error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`)];
}

function aliasesOf(content: string): string[] {
  const found: string[] = [];
  visit(parseDocument(content), {
    Node: (_key, node) => {
      if (isAlias(node)) found.push(node.source);
    },
  });
  return found;
}
