import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { cspNonce } from '../../csp-nonce';
import { replaceSelection } from './replace-selection';
import { snowflakeDialect, sqlHighlight } from './sql-language';
import './SqlEditor.css';

interface SqlEditorProps {
  label: string;
  value: string;
  id?: string;
  readOnly?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  onChange?: (value: string) => void;
  onBlur?: () => void;
}

const attributes = (label: string, invalid: boolean, describedBy: string | undefined): Extension =>
  EditorView.contentAttributes.of({
    'aria-label': label,
    ...(invalid ? { 'aria-invalid': 'true' } : {}),
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  });

/** SQL, to write or only to read. Tab leaves it, as everywhere on the page. */
export function SqlEditor(props: SqlEditorProps) {
  const { label, value, id, readOnly = false, invalid = false, describedBy } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const changing = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!place.current) return;
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          ...(cspNonce ? [EditorView.cspNonce.of(cspNonce)] : []),
          lineNumbers(),
          history(),
          replaceSelection,
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          sql({ dialect: snowflakeDialect, upperCaseKeywords: true }),
          syntaxHighlighting(sqlHighlight),
          EditorView.lineWrapping,
          placeholder('SELECT …'),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          changing.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
            if (update.focusChanged && !update.view.hasFocus) latest.current.onBlur?.();
          }),
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    editor.current?.dispatch({
      effects: changing.current.reconfigure([
        attributes(label, invalid, describedBy),
        EditorState.readOnly.of(readOnly),
        EditorView.editable.of(!readOnly),
      ]),
    });
  }, [label, invalid, describedBy, readOnly]);

  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={place} id={id} className="sql-editor" data-invalid={invalid || undefined} />;
}
