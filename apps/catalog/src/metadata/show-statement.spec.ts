import * as fc from 'fast-check';
import { cursorAt, nameOf } from './name-cursor';
import { containing, exactly, show } from './show-statement';

const name = fc.string({ minLength: 1, maxLength: 60 }).filter((text) => !text.includes('\0'));

/** LIKE as SHOW reads it: \ escapes, % is any text, _ any character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern.replace(/\\([\s\S])|([%_])|([^\\%_]+)/g, (_, escaped: string, wild: string, plain: string) => {
    if (wild) return wild === '%' ? '[\\s\\S]*' : '[\\s\\S]';
    return (escaped ?? plain).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source}$`).test(text);
}

describe('A SHOW statement', () => {
  it('holds a name as one quoted identifier, whatever the name is', () => {
    fc.assert(
      fc.property(name, name, (database, schema) => {
        const sql = show('TABLES', { within: [database, schema] });
        const inner = sql.slice('SHOW TABLES IN SCHEMA '.length);
        expect(inner).toMatch(/^"(?:[^"]|"")+"\."(?:[^"]|"")+"$/);
        const names = [...inner.matchAll(/"((?:[^"]|"")+)"/g)].map((match) => (match[1] ?? '').replaceAll('""', '"'));
        expect(names).toEqual([database, schema]);
      }),
    );
  });

  it('searches for a text itself: a pattern matches it anywhere, and exactly itself alone', () => {
    fc.assert(
      fc.property(name, name, (text, around) => {
        expect(matches(containing(text), `${around}${text}${around}`)).toBe(true);
        expect(matches(exactly(text), text)).toBe(true);
        if (around !== text) expect(matches(exactly(text), around)).toBe(false);
      }),
    );
  });

  it('goes on after any name', () => {
    fc.assert(fc.property(fc.string(), (text) => nameOf(cursorAt(text)) === text));
  });
});
