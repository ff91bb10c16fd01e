import type { Approval } from '../../../api/approvals';
import { ApprovalCard } from '../../approvals/ApprovalCard';
import { absoluteTime } from '../../format/moments';
import { bytesText, compactCount, durationText, elapsedBetween } from '../../format/numbers';
import { STEP_WORDS, stepLook } from './step-look';
import { traceTexts } from './trace-texts';
import type { TraceBranch } from './trace-tree';

interface TraceStepProps {
  branch: TraceBranch;
  /** What waits for the person's decision, by the step's place. */
  approvals: ReadonlyMap<string, Approval>;
}

/** A step of an agent: in one line what it is and took, opened what it was asked and answered; below it what is part of it. */
export function TraceStep({ branch: { step, parts }, approvals }: TraceStepProps) {
  const { kind, name, startedAt, endedAt, inputTokens, outputTokens, asked, answered, detailBytes, place } = step;
  const { word, Icon, tone } = stepLook(step);
  const elapsed = elapsedBetween(startedAt, endedAt);
  const approval = approvals.get(place);
  const texts = traceTexts(step);
  const facts = [
    ...(elapsed === undefined || kind === 'approval' || kind === 'guard' ? [] : [durationText(elapsed)]),
    ...(inputTokens === undefined ? [] : [`${compactCount(inputTokens)} + ${compactCount(outputTokens ?? 0)} tokens`]),
  ];
  return (
    <li>
      <details>
        <summary title={absoluteTime(startedAt)}>
          <span className="trace-state" data-tone={tone}>
            <Icon size={14} aria-hidden className={tone === 'running' ? 'spin' : undefined} />
            {word}
          </span>
          <span className="trace-name">
            {STEP_WORDS[kind]} <b>{name}</b>
          </span>
          <span className="trace-facts">{facts.join(', ')}</span>
        </summary>
        {texts.map(([label, text]) => (
          <figure key={label}>
            <figcaption>{label}</figcaption>
            <pre tabIndex={0} role="group" aria-label={`${label}, ${STEP_WORDS[kind].toLowerCase()} ${name}`}>
              {text}
            </pre>
          </figure>
        ))}
        {texts.length === 0 && (
          <p className="trace-none">
            {asked === undefined && answered === undefined
              ? `What it was asked and answered is too large to be shown: ${bytesText(detailBytes)} as JSON.`
              : 'Nothing was said.'}
          </p>
        )}
      </details>
      {approval && <ApprovalCard approval={approval} title={`“${name}” waits for your decision`} onPageOfRun />}
      {parts.length > 0 && (
        <ul>
          {parts.map((part) => (
            <TraceStep key={part.step.place} branch={part} approvals={approvals} />
          ))}
        </ul>
      )}
    </li>
  );
}
