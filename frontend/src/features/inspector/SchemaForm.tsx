import { useEffect, useMemo, useRef } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { NodeDefinition } from '@snowflow/nodes/kit/node-definition';
import { describeFields } from './describe-fields';
import { FieldList } from './FieldList';
import { pruned } from './pruned';
import { renderField } from './SchemaField';

type Config = Record<string, unknown>;

interface SchemaFormProps {
  definition: NodeDefinition;
  config: Config;
  /** `field` is the dotted path of what was typed into; typing on in the same field is one edit. */
  onChange: (config: Config, field: string) => void;
  onLeave: () => void;
}

/** The form of a node, made from its schema and hints. Half-filled states are written too: drafts may be unfinished. */
export function SchemaForm({ definition, config, onChange, onLeave }: SchemaFormProps) {
  const form = useForm<Config>({ defaultValues: config });
  const written = useRef(config);
  const fields = useMemo(() => describeFields(definition.config), [definition]);

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values, name }) => {
          const next = pruned(values) as Config;
          if (JSON.stringify(next) === JSON.stringify(written.current)) return;
          written.current = next;
          onChange(next, name ?? '');
        },
      }),
    [form, onChange],
  );

  useEffect(() => {
    // Undo, another tab of the inspector or the catalog changed the config: the form follows.
    if (config !== written.current) {
      written.current = config;
      form.reset(config);
    }
  }, [config, form]);

  const own = fields.filter(({ hint }) => !hint.advanced);
  const advanced = fields.filter(({ hint }) => hint.advanced);
  return (
    <FormProvider {...form}>
      <form className="schema-form" onSubmit={(event) => event.preventDefault()} onBlur={onLeave} noValidate>
        <FieldList fields={own} path="" renderField={renderField} />
        {advanced.length > 0 && (
          <details className="schema-form-more">
            <summary>More settings</summary>
            <div className="schema-form">
              <FieldList fields={advanced} path="" renderField={renderField} />
            </div>
          </details>
        )}
      </form>
    </FormProvider>
  );
}
