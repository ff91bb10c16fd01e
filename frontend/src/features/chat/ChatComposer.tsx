import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { Button } from '../../components/Button';
import '../../components/Field.css';

interface ChatComposerProps {
  onAsk: (question: string) => void;
  onStop: () => void;
  /** An answer is on its way. */
  answering: boolean;
  /** Its run has begun, so there is something to stop. */
  stoppable: boolean;
  /** Why nothing can be asked. */
  unavailable: string | undefined;
}

const LONGEST = 10_000;

/** Where a question is written. Enter sends it, Shift Enter begins a line. */
export function ChatComposer({ onAsk, onStop, answering, stoppable, unavailable }: ChatComposerProps) {
  const [text, setText] = useState('');
  const id = useId();
  const question = text.trim();
  const send = () => {
    if (question === '' || answering || unavailable !== undefined) return;
    onAsk(question);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also chooses a word in an input method.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        Question
      </label>
      <textarea
        id={id}
        className="control"
        rows={2}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder="Ask a question"
        aria-describedby={unavailable === undefined ? undefined : `${id}-why`}
      />
      {answering ? (
        <Button onClick={onStop} unavailable={stoppable ? undefined : 'The question is being sent'}>
          <Square size={14} aria-hidden /> Stop
        </Button>
      ) : (
        <Button
          type="submit"
          look="run"
          unavailable={unavailable ?? (question === '' ? 'Write a question first' : undefined)}
        >
          <ArrowUp size={14} aria-hidden /> Ask
        </Button>
      )}
      {unavailable !== undefined && (
        <p id={`${id}-why`} className="field-hint">
          {unavailable}.
        </p>
      )}
    </form>
  );
}
