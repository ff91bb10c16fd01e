const LONGEST = 2_000;

/** QUERY_TAG as compact JSON; what does not fit is left out from the end, the effect key never. */
export function queryTag(tenantId: string, tag: Record<string, string>): string {
  const { effect, ...rest } = tag;
  const kept: Record<string, string> = { ...rest, app: 'snowflow', tenant: tenantId, ...(effect ? { effect } : {}) };
  for (const name of Object.keys(rest).reverse()) {
    if (JSON.stringify(kept).length <= LONGEST) break;
    delete kept[name];
  }
  return JSON.stringify(kept);
}
