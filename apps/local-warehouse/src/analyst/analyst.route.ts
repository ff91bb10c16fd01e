import { randomUUID } from 'node:crypto';
import { Access } from '../catalog/access';
import { recordOf, textOf, type Exchange } from '../http/exchange';
import { RestRefusal, type RestReply } from '../http/rest-reply';
import type { Session } from '../sessions/session';
import { WarehouseError } from '../statements/warehouse-error';
import { answerQuestion } from './analyst';

/** POST /api/v2/cortex/analyst/message: the last question of the person, over a semantic view that the role sees. */
export function answerAnalyst({ body, role }: Exchange, session: Session): RestReply {
  const name = textOf(body.semantic_view);
  if (name === undefined) {
    throw new RestRefusal(
      400,
      'The local warehouse answers about semantic views: name one in semantic_view, or create one of your model first',
    );
  }
  const access = new Access(session, { ...session.context, role: role ?? session.context.role });
  const parts = (name.match(/"(?:[^"]|"")+"|[^.]+/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toUpperCase(),
  );
  const view = found(() => access.readableSemanticView(parts));
  const answer = answerQuestion(lastQuestion(body.messages), view.model, [view.database, view.schema, view.name]);
  const content =
    'sql' in answer
      ? [
          { type: 'text', text: answer.text },
          { type: 'sql', statement: answer.sql },
        ]
      : [
          { type: 'text', text: answer.text },
          { type: 'suggestions', suggestions: answer.suggestions },
        ];
  return { body: { request_id: randomUUID(), message: { role: 'analyst', content } } };
}

/** Snowflake's refusals have a status of their own here. */
function found<Found>(find: () => Found): Found {
  try {
    return find();
  } catch (error) {
    if (error instanceof WarehouseError) throw new RestRefusal(404, error.message);
    throw error;
  }
}

function lastQuestion(messages: unknown): string {
  const last = recordOf(
    (Array.isArray(messages) ? messages : []).findLast((message) => recordOf(message).role === 'user'),
  );
  const content = Array.isArray(last.content) ? last.content : [];
  const question = content
    .map((part) => textOf(recordOf(part).text) ?? '')
    .join(' ')
    .trim();
  if (question === '') throw new RestRefusal(400, 'messages must end with a question of the user');
  return question;
}
