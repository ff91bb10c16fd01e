import { AppError } from '@snowflow/contracts/errors/app-error';
import { nameOf, partsOf } from '@snowflow/contracts/policies/qualified-name';
import type { ImportMapping } from '@snowflow/engine/transfer/name-mapping';
import { z } from 'zod';

const MOST = 2_000;
const names = (value: z.ZodType<string>) =>
  z
    .record(z.string().min(1).max(1_000), value)
    .refine((given) => Object.keys(given).length <= MOST, `At most ${MOST} names`)
    .default({});
const dotted = (parts: number, example: string) =>
  z
    .string()
    .max(1_000)
    .refine((text) => partsOf(text, { fold: false })?.length === parts, `Write a name such as ${example}`);

const mapping = z.strictObject({
  databases: names(dotted(1, 'SALES')),
  schemas: names(dotted(2, 'SALES.PUBLIC')),
  tables: names(dotted(3, 'SALES.PUBLIC.ORDERS')),
  warehouses: names(z.string().min(1).max(255)),
  approvers: names(z.string().regex(/^(user|role):.{1,255}$/, 'Write user:NAME or role:NAME')),
  credentials: names(z.string().regex(/^ocr_[0-9A-Za-z]{22}$/, 'Give the id of an outside credential')),
  secrets: names(z.string().min(1).max(20_000)),
  workflows: names(z.string().regex(/^wf_[0-9A-Za-z]{22}$/, 'Give the id of one of your workflows')),
});

/** The mapping of a request. Throws VALIDATION naming what is wrong with it; the values of secrets are in no message. */
export function parseMapping(given: unknown): ImportMapping {
  const parsed = mapping.safeParse(given ?? {});
  if (!parsed.success) {
    throw new AppError('VALIDATION', 'The mapping is not valid.', {
      errors: parsed.error.issues.slice(0, 50).map(({ path, message }) => ({
        path: ['mapping', ...path].map(String).join('.').slice(0, 255),
        message,
      })),
    });
  }
  const { databases, schemas, tables, ...plain } = parsed.data;
  return {
    databases: new Map(Object.entries(databases).map(([from, to]) => [partsIn(from)[0] ?? from, partsIn(to)[0] ?? to])),
    schemas: dottedMap(schemas),
    tables: dottedMap(tables),
    warehouses: new Map(Object.entries(plain.warehouses)),
    approvers: new Map(Object.entries(plain.approvers)),
    credentials: new Map(Object.entries(plain.credentials)),
    secrets: new Map(Object.entries(plain.secrets)),
    workflows: new Map(Object.entries(plain.workflows)),
  };
}

const partsIn = (name: string): string[] => partsOf(name, { fold: false }) ?? [name];
const dottedMap = (given: Readonly<Record<string, string>>) =>
  new Map(Object.entries(given).map(([from, to]) => [nameOf(partsIn(from)), partsIn(to)]));
