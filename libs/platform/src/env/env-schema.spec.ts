import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choice, list, onOff, parseEnv, text, whole } from './env-schema';

const schema = {
  NAME: text('Who it is'),
  PORT: whole('Where it listens', { default: '3000' }),
  DEMO: onOff('Whether the demo exists', { default: 'on' }),
  LEVEL: choice(['info', 'debug'], 'How much is logged', { default: 'info' }),
  ORIGINS: list('Who may call', { default: '' }),
  KEY: text('The key', { default: 'none', secret: true }),
};

describe('The environment', () => {
  it('is read with types and defaults', () => {
    expect(parseEnv(schema, { NAME: 'gateway', ORIGINS: 'https://a.example, https://b.example,' })).toEqual({
      NAME: 'gateway',
      PORT: 3000,
      DEMO: true,
      LEVEL: 'info',
      ORIGINS: ['https://a.example', 'https://b.example'],
      KEY: 'none',
    });
  });

  it('counts an empty string as not set', () => {
    expect(parseEnv(schema, { NAME: 'x', PORT: '', DEMO: '' })).toMatchObject({ PORT: 3000, DEMO: true });
    expect(() => parseEnv(schema, { NAME: '' })).toThrow('NAME is not set: Who it is');
  });

  it('names everything that is wrong in one error, and no value', () => {
    let message = '';
    try {
      parseEnv(schema, { PORT: '-1', DEMO: 'canary-1', LEVEL: 'canary-2' });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/NAME is not set/);
    expect(message).toMatch(/PORT is not a whole number/);
    expect(message).toMatch(/DEMO is neither on nor off/);
    expect(message).toMatch(/LEVEL is not one of info, debug/);
    expect(message).not.toContain('canary');
  });

  it('is read from the files that variables name, the variable itself first', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    try {
      const file = join(folder, 'KEY');
      writeFileSync(file, 'canary-3\n');
      const read = (source: Record<string, string>) => parseEnv(schema, { NAME: 'x', ...source }).KEY;
      expect(read({ KEY_FILE: file })).toBe('canary-3');
      expect(read({ KEY_FILE: file, KEY: 'set' })).toBe('set');
      expect(() => read({ KEY_FILE: join(folder, 'canary-4') })).toThrow(
        /KEY can not be read from the file that its _FILE variable names: The key$/,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
