import { Fragment, useMemo } from 'react';
import { type Block, type Inline, readMarkdown } from './markdown';
import './AnswerText.css';

/** An answer in words. What a model wrote becomes text, lists, code and links that say where they lead; it loads nothing and runs nothing. */
export function AnswerText({ text }: { text: string }) {
  const blocks = useMemo(() => readMarkdown(text), [text]);
  return (
    <div className="answer-text">
      {blocks.map((block, index) => (
        <Part key={index} block={block} />
      ))}
    </div>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case 'code':
      return (
        <pre tabIndex={0} aria-label="Code">
          {block.text}
        </pre>
      );
    case 'heading':
      return (
        <p>
          <strong>
            <Line pieces={block.line} />
          </strong>
        </p>
      );
    case 'list': {
      const items = block.items.map((pieces, index) => (
        <li key={index}>
          <Line pieces={pieces} />
        </li>
      ));
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'paragraph':
      return (
        <p>
          {block.lines.map((pieces, index) => (
            <Fragment key={index}>
              {index > 0 && <br />}
              <Line pieces={pieces} />
            </Fragment>
          ))}
        </p>
      );
  }
}

function Line({ pieces }: { pieces: readonly Inline[] }) {
  return pieces.map((piece, index) => <Piece key={index} piece={piece} />);
}

function Piece({ piece }: { piece: Inline }) {
  switch (piece.kind) {
    case 'code':
      return <code>{piece.text}</code>;
    case 'strong':
      return <strong>{piece.text}</strong>;
    case 'link':
      return (
        <>
          <a href={piece.url} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>{' '}
          <span className="answer-host">({piece.host})</span>
        </>
      );
    case 'text':
      return piece.text;
  }
}
