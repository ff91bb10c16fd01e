/** A field of an entry, as it was and as it is; undefined where an entry says nothing of it. */
export interface FieldChange {
  field: string;
  was: string | undefined;
  is: string | undefined;
}

type Said = Readonly<Record<string, unknown>> | null;

/** What an entry says that changed, field by field; of lists only what came and went. */
export function fieldChanges(before: Said, after: Said): FieldChange[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => {
    const [was, is] = [before?.[field], after?.[field]];
    if (Array.isArray(was) && Array.isArray(is)) return { field: words(field), ...listChange(was, is) };
    return { field: words(field), was: said(was), is: said(is) };
  });
}

function listChange(was: readonly unknown[], is: readonly unknown[]): Pick<FieldChange, 'was' | 'is'> {
  const [old, now] = [was.map(said), is.map(said)];
  const gone = old.filter((one) => !now.includes(one));
  const come = now.filter((one) => !old.includes(one));
  if (gone.length === 0 && come.length === 0) return { was: said(was), is: said(is) };
  return { was: gone.length > 0 ? gone.join(', ') : undefined, is: come.length > 0 ? come.join(', ') : undefined };
}

function said(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(said).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `sessionIdleSeconds`: session idle seconds. */
const words = (field: string) => field.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
