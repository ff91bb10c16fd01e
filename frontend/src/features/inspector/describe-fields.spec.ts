import { allDefinitions, definitionOf } from '../../store/node-definitions';
import { describeFields, labelOf } from './describe-fields';

const fieldsOf = (type: string) => {
  const definition = definitionOf(type);
  if (!definition) throw new Error(`There is no ${type}.`);
  return describeFields(definition.config);
};

describe('describeFields', () => {
  it.each(allDefinitions.map(({ type }) => type))('gives every field of %s a label and a known kind', (type) => {
    const fields = fieldsOf(type);
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) {
      expect(labelOf(field)).not.toBe('');
      if (field.kind === 'free') expect(field.hint.widget).toBeDefined();
    }
  });

  it('looks through optional, defaults and checks', () => {
    const [match, conditions] = fieldsOf('shape.filter');
    expect(match).toMatchObject({ name: 'match', kind: 'enum', required: false, defaultValue: 'all' });
    expect(conditions).toMatchObject({ kind: 'array', item: { kind: 'object' }, hint: { addLabel: 'Add condition' } });
    expect(conditions?.item?.fields?.map(({ name, kind }) => [name, kind])).toEqual([
      ['column', 'text'],
      ['operator', 'enum'],
      ['value', 'free'],
    ]);
  });
});
