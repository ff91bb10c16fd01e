import { z } from 'zod';
import type { OutsideHost } from '../../../api/outside';

/** A host as it is edited: lists as text, with commas between. */
export const hostSchema = z.object({
  host: z.string().trim().min(1, 'Write a host such as agent.example.com.').max(255),
  paths: z.string(),
  methods: z.string(),
  data: z.enum(['none', 'fields', 'all']),
  fields: z.string(),
});
export type HostValues = z.infer<typeof hostSchema>;

export const NEW_HOST: HostValues = { host: '', paths: '', methods: '', data: 'none', fields: '' };

/** What a kept host is edited as. */
export function hostValues({ host, paths = [], methods = [], fields = [], dataAllowed }: OutsideHost): HostValues {
  const data = dataAllowed ? 'all' : fields.length > 0 ? 'fields' : 'none';
  return { host, paths: paths.join(', '), methods: methods.join(', '), data, fields: fields.join(', ') };
}

/** What is kept of what was edited; an empty list says nothing. */
export function hostOfValues({ host, paths, methods, data, fields }: HostValues): OutsideHost {
  const some = <Name extends string>(name: Name, items: string[]) => (items.length > 0 ? { [name]: items } : {});
  return {
    host,
    ...some('paths', itemsOf(paths)),
    ...some('methods', itemsOf(methods.toUpperCase())),
    ...(data === 'fields' ? some('fields', itemsOf(fields)) : {}),
    ...(data === 'all' ? { dataAllowed: true } : {}),
  };
}

/** The items of a list with commas. */
export const itemsOf = (text: string) =>
  text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
