import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { cspNonce } from '../../csp-nonce';
import { replaceSelection } from '../sql/replace-selection';
import '../sql/SqlEditor.css';

interface YamlEditorProps {
  value: string;
  onChange: (value: string) => void;
  /** The line to show, counted from 1; a new object shows it again. */
  line: { number: number } | undefined;
}

/** A model as text. Tab leaves it, as everywhere on the page. */
export function YamlEditor({ value, onChange, line }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
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
          EditorView.lineWrapping,
          // Said outright, so that what scrolls is known to be reached by the keyboard.
          EditorView.contentAttributes.of({ 'aria-label': 'YAML', tabindex: '0' }),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = view;
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const view = editor.current;
    if (!view || !line) return;
    const { from } = view.state.doc.line(Math.min(line.number, view.state.doc.lines));
    view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    view.focus();
  }, [line]);

  return <div ref={place} className="sql-editor semantic-yaml" />;
}
