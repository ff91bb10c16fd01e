import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { cspNonce } from '../../csp-nonce';
import { replaceSelection } from './replace-selection';
import './SqlEditor.css';

interface CodeEditorOptions {
  value: string;
  /** What a language adds, read once: when the editor is made. */
  extensions: () => readonly Extension[];
  onChange?: ((value: string) => void) | undefined;
  onBlur?: (() => void) | undefined;
}

/** An editor of text with line numbers, made within `place`. Tab leaves it, as everywhere on the page. */
export function useCodeEditor(options: CodeEditorOptions) {
  const { value } = options;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
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
          ...latest.current.extensions(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
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
    const view = editor.current;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  return { place, editor };
}
