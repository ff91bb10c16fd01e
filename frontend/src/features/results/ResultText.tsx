import { Copy } from 'lucide-react';
import { Button } from '../../components/Button';
import { showToast } from '../../components/toast-store';
import { rowsText } from '../format/numbers';
import './ResultText.css';

interface ResultTextProps {
  text: string;
  /** Rows that the text holds, and those of the whole result. */
  shown: number;
  rowCount: number;
  /** Reads the next rows; absent where all are there. */
  more?: () => void;
}

/** A result as JSON or plain text, of the rows read so far. */
export function ResultText({ text, shown, rowCount, more }: ResultTextProps) {
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => showToast('Text copied'),
      () => showToast('The browser did not allow copying'),
    );
  return (
    <div className="result-text">
      <div className="result-text-bar">
        <span>
          {shown < rowCount ? `First ${shown.toLocaleString('en-US')} of ${rowsText(rowCount)}` : rowsText(rowCount)}
        </span>
        {more && (
          <Button size="xs" look="ghost" onClick={more}>
            Read more
          </Button>
        )}
        <Button size="xs" look="ghost" onClick={copy}>
          <Copy size={13} aria-hidden /> Copy
        </Button>
      </div>
      <pre tabIndex={0} aria-label="Result as text">
        {text}
      </pre>
    </div>
  );
}
