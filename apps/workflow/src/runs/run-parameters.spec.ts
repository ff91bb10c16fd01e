import * as fc from 'fast-check';
import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import { parametersOf } from './run-parameters';

const declared = (type: WorkflowParameter['type'], given?: WorkflowParameter['default']): WorkflowParameter[] => [
  { name: 'p', type, ...(given === undefined ? {} : { default: given }) },
];

describe('The parameters of a run', () => {
  it.each([
    ['string', 'text'],
    ['number', 1.5],
    ['boolean', false],
    ['date', '2024-02-29'],
    ['timestamp', '2024-02-29T12:00:00.123Z'],
    ['timestamp', '2024-02-29 12:00'],
    ['string', null],
  ] as const)('take a %s: %p', (type, value) => {
    expect(parametersOf(declared(type), { p: value })).toEqual({ p: value });
  });

  it.each([
    ['string', 1],
    ['number', '1'],
    ['number', Number.NaN],
    ['boolean', 'true'],
    ['date', '2024-02-30'],
    ['date', '29.2.2024'],
    ['timestamp', '2024-13-01T00:00:00Z'],
    ['string', { nested: true }],
  ] as const)('refuse for a %s: %p', (type, value) => {
    expect(() => parametersOf(declared(type), { p: value })).toThrow(
      expect.objectContaining({
        code: 'VALIDATION',
        details: { errors: [expect.objectContaining({ path: 'parameters.p' })] },
      }),
    );
  });

  it('fall back to defaults, which are checked as well', () => {
    expect(parametersOf(declared('number', 7))).toEqual({ p: 7 });
    expect(() => parametersOf(declared('number', 'seven'))).toThrow(expect.objectContaining({ code: 'VALIDATION' }));
  });

  it('never repeat a value in an error', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12}$/), (secret) => {
        try {
          parametersOf(declared('number'), { p: secret });
        } catch (error) {
          expect(JSON.stringify(error)).not.toContain(secret);
        }
      }),
    );
  });
});
