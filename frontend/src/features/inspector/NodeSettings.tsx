import type { NodeDefinition } from '@snowflow/nodes/kit/node-definition';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { Notice } from '../../components/Notice';
import { useBuilder } from '../../store/builder-store';
import type { StepData } from '../../store/canvas-elements';
import { portsOfNode } from '../../store/node-definitions';
import { selectProblems } from '../../store/selectors/problem-selectors';
import { FormContext, type NodeFormContext } from './form-context';
import { InputList } from './InputList';
import { SchemaForm } from './SchemaForm';

interface NodeSettingsProps {
  id: string;
  data: StepData;
  definition: NodeDefinition | undefined;
  /** A field to bring into view and focus. */
  wanted: { path: string; request: number } | undefined;
}

/** The field that a problem's path names, or the nearest one around it. */
function fieldElement(root: HTMLElement, path: string): HTMLElement | undefined {
  for (let parts = path.split('.'); parts.length > 0; parts = parts.slice(0, -1)) {
    const field = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(parts.join('.'))}"]`);
    if (field) return field;
  }
  return undefined;
}

export function NodeSettings({ id, data, definition, wanted }: NodeSettingsProps) {
  const root = useRef<HTMLDivElement>(null);
  const readOnly = useBuilder((state) => state.readOnly);
  const problems = useBuilder(selectProblems);
  const inputs = useBuilder((state) => state.inputColumns[id]);
  const outputs = useBuilder((state) => state.outputColumns[id]);
  const ports = useMemo(() => portsOfNode(data), [data]);

  const context = useMemo<NodeFormContext>(() => {
    const own = problems.filter(({ nodeId }) => nodeId === id);
    return {
      nodeId: id,
      readOnly,
      columns: (port) => (port === 'self' ? outputs?.['out'] : inputs?.[port ?? ports.inputs[0]?.id ?? 'in']?.[0]),
      problemAt: (path) => own.find((problem) => problem.path === path),
    };
  }, [problems, id, readOnly, inputs, outputs, ports]);

  useEffect(() => {
    if (!wanted || !root.current) return;
    const field = fieldElement(root.current, wanted.path);
    const control = (field ?? root.current).querySelector<HTMLElement>(
      'input, select, textarea, button, [contenteditable="true"]',
    );
    for (let up = control?.parentElement; up; up = up.parentElement)
      if (up instanceof HTMLDetailsElement) up.open = true;
    control?.focus();
  }, [wanted]);

  const change = useCallback(
    (config: Record<string, unknown>, field: string) => useBuilder.getState().setConfig(id, config, field),
    [id],
  );

  if (!definition) {
    return (
      <Notice tone="warning" title="This node type is not known here.">
        {data.type} may come from a newer version of SnowFlow.
      </Notice>
    );
  }
  const elsewhere = problems.filter(({ nodeId, path }) => nodeId === id && (path === undefined || path === ''));
  return (
    <div ref={root} className="node-settings">
      <InputList id={id} inputs={ports.inputs} />
      {elsewhere.map(({ code, message, severity }) => (
        <p key={code + message} className={severity === 'error' ? 'field-error' : 'field-hint'}>
          {message}
        </p>
      ))}
      <FormContext value={context}>
        <SchemaForm
          definition={definition}
          config={data.config}
          onChange={change}
          onLeave={useBuilder.getState().endBurst}
        />
      </FormContext>
    </div>
  );
}
