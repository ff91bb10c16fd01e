import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { snowflakeDialect, sqlHighlight } from './sql-language';
import { useCodeEditor } from './use-code-editor';

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
  const changing = useRef(new Compartment());
  const { place, editor } = useCodeEditor({
    value,
    onChange: props.onChange,
    onBlur: props.onBlur,
    extensions: () => [
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      sql({ dialect: snowflakeDialect, upperCaseKeywords: true }),
      syntaxHighlighting(sqlHighlight),
      placeholder('SELECT …'),
      keymap.of([...completionKeymap]),
      changing.current.of([]),
    ],
  });

  useEffect(() => {
    editor.current?.dispatch({
      effects: changing.current.reconfigure([
        attributes(label, invalid, describedBy),
        EditorState.readOnly.of(readOnly),
        EditorView.editable.of(!readOnly),
      ]),
    });
  }, [editor, label, invalid, describedBy, readOnly]);

  return <div ref={place} id={id} className="sql-editor" data-invalid={invalid || undefined} />;
}
