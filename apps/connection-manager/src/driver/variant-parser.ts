/**
 * Stands in for the driver's VARIANT parser, which runs what the server sent as code where it is not JSON. Never throws: the driver
 * would then try XML.
 */
export function parseVariant(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
