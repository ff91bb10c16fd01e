import { EMBED_CHOICES, type EmbedChoice } from './embed-choice';

interface EmbedChoicesProps {
  chosen: EmbedChoice;
  /** Why nothing that is published can be shown. */
  whyNotPublished: string | undefined;
  onChoose: (choice: EmbedChoice) => void;
}

/** What the frame shows. What can't be shown says why. */
export function EmbedChoices({ chosen, whyNotPublished, onChoose }: EmbedChoicesProps) {
  return (
    <fieldset className="embed-choices">
      <legend>What is shown</legend>
      {EMBED_CHOICES.map(({ choice, words, hint, needsPublication }) => {
        const reason = needsPublication ? whyNotPublished : undefined;
        return (
          <div key={choice} className="embed-choice">
            <input
              type="radio"
              id={`embed-${choice}`}
              name="embed-choice"
              checked={chosen === choice}
              disabled={reason !== undefined}
              aria-describedby={`embed-${choice}-hint`}
              onChange={() => onChoose(choice)}
            />
            <label htmlFor={`embed-${choice}`}>{words}</label>
            <span id={`embed-${choice}-hint`} className="field-hint">
              {reason ?? hint}
            </span>
          </div>
        );
      })}
    </fieldset>
  );
}
