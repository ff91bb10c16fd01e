import { z } from 'zod';
import type { Kinds } from './kinds';

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** Any object of Kubernetes. */
export type Manifest = z.infer<typeof manifest>;

/** A check of all objects that go to a cluster together: what is wrong, in sentences. */
export type Rule = (objects: readonly Manifest[]) => string[];

export const parseManifest = (value: unknown): Manifest => manifest.parse(value);

/** As people name it: Deployment gateway. */
export const nameOf = ({ kind, metadata }: { kind: string; metadata?: { name?: string } }): string =>
  `${kind} ${metadata?.name ?? ''}`;

/** The objects of a kind, with the type that the type check holds them to. */
export function ofKind<Kind extends keyof Kinds>(objects: readonly Manifest[], kind: Kind): (Manifest & Kinds[Kind])[] {
  return objects.filter((object): object is Manifest & Kinds[Kind] => `${object.apiVersion}/${object.kind}` === kind);
}
