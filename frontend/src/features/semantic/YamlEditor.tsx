import { EditorView } from '@codemirror/view';
import { useEffect } from 'react';
import { useCodeEditor } from '../sql/use-code-editor';

interface YamlEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** The line to show, counted from 1; a new object shows it again. */
  line: { number: number } | undefined;
}

/** A model as text. Tab leaves it, as everywhere on the page. */
export function YamlEditor({ value, onChange, line }: YamlEditorProps) {
  const { place, editor } = useCodeEditor({
    value,
    onChange,
    // The tab stop is said outright, so that what scrolls is known to be reached by the keyboard.
    extensions: () => [EditorView.contentAttributes.of({ 'aria-label': 'YAML', tabindex: '0' })],
  });

  useEffect(() => {
    const view = editor.current;
    if (!view || !line) return;
    const { from } = view.state.doc.line(Math.min(line.number, view.state.doc.lines));
    view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    view.focus();
  }, [editor, line]);

  return <div ref={place} className="sql-editor semantic-yaml" />;
}
