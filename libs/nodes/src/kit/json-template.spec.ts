import fc from 'fast-check';
import { fillJsonTemplate, isJsonTemplate } from './json-template';
import type { StepValue } from './step-value';

const run = { id: 'run_1', workflowId: null };

describe('A JSON template', () => {
  it('gives JSON that holds the value, whatever the value is and wherever the template stands', () => {
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as StepValue);
    fc.assert(
      fc.property(json, fc.string(), (value, text) => {
        const filled = fillJsonTemplate('{"whole": {{ value }}, "part": "<{{ parameters.p }}>", "run": "{{ run }}"}', {
          values: { p: text },
          input: value,
          run,
        });
        expect(JSON.parse(filled)).toEqual({ whole: value, part: `<${text}>`, run: 'run_1' });
      }),
    );
  });

  it('does not fill what came by a value', () => {
    const values = { values: { p: '{{ value }}' }, input: 'secret', run };
    expect(fillJsonTemplate('"{{ parameters.p }}"', values)).toBe('"{{ value }}"');
  });

  it.each(['{', '{{ value }: 1}', '{ {{ value }}: 1 }', 'hello', ''])('%s is none', (text) => {
    expect(isJsonTemplate(text)).toBe(false);
  });

  it.each(['{{ value }}', '{"a": {{ nodes.x.y }}}', '"say \\"{{ value }}\\""', '[]'])('%s is one', (text) => {
    expect(isJsonTemplate(text)).toBe(true);
  });
});
