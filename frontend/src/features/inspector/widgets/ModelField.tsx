import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { fetchModels } from '../../../api/models';
import { FieldFrame, type WidgetProps } from '../FieldFrame';

/** The name of a model: those that are known are offered, those that the tenant denies say so; any may be typed. */
export function ModelField(props: WidgetProps) {
  const listId = useId();
  const { data: models = [] } = useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => fetchModels(signal),
    staleTime: 60_000,
    retry: false,
  });
  return (
    <FieldFrame
      {...props}
      render={({ value, invalid, describedBy, ...control }) => {
        const text = typeof value === 'string' ? value : '';
        const denied = models.find(({ name }) => name === text.trim())?.denied;
        return (
          <>
            <input
              {...control}
              className="control"
              value={text}
              list={listId}
              placeholder={props.field.hint.placeholder}
              spellCheck={false}
              autoComplete="off"
              aria-invalid={invalid || denied !== undefined || undefined}
              aria-describedby={[describedBy, denied && `${listId}-denied`].filter(Boolean).join(' ') || undefined}
            />
            <datalist id={listId}>
              {models.map((model) => (
                <option key={model.name} value={model.name}>
                  {model.denied ? 'Denied by the policy “Models”' : model.provider}
                </option>
              ))}
            </datalist>
            {denied && !invalid && (
              <p id={`${listId}-denied`} className="field-error">
                {denied.message}
              </p>
            )}
          </>
        );
      }}
    />
  );
}
