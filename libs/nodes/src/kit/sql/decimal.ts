/** A decimal number as text with the NUMBER type that holds it exactly. */
export interface Decimal {
  text: string;
  type: string;
}

const DECIMAL = /^[+-]?(\d+)(?:\.(\d+))?$/;

/** The exact decimal of a number or of a text that spells one; undefined where it isn't one of at most 38 digits. */
export function decimalOf(value: number | string): Decimal | undefined {
  const text = String(value).trim();
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const whole = (match[1] ?? '').replace(/^0+/, '');
  const scale = (match[2] ?? '').length;
  const precision = Math.max(whole.length + scale, 1);
  if (precision > 38 || scale > 37) return undefined;
  return { text, type: `NUMBER(${precision},${scale})` };
}
