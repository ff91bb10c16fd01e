/** Reads a config that may be half filled in or of any shape, for summaries: never throws. */
export function textAt(config: Record<string, unknown>, key: string): string {
  const value = config[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The items of a list in a half-filled config; what isn't an object is an empty one. */
export function itemsAt(config: Record<string, unknown>, key: string): Record<string, unknown>[] {
  const value = config[key];
  return Array.isArray(value) ? value.map((item: unknown) => (isRecord(item) ? item : {})) : [];
}

/** The texts of a list in a half-filled config. */
export function textsAt(config: Record<string, unknown>, key: string): string[] {
  const value = config[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** `3 columns`, `1 column`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A text short enough for one line under a node. */
export function short(text: string, most = 48): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
