import { AppError } from '@snowflow/contracts/errors/app-error';

type Json = Record<string, unknown>;

interface StreamedCall {
  id: string;
  function: { name: string; arguments: string };
}

/** The answer of a streamed chat completion, put together as one that came at once; `heard` gets its text while it comes. */
export async function streamedReply(response: Response, heard: (piece: string) => void): Promise<Json> {
  let content = '';
  let usage: unknown;
  let ended = false;
  const calls: StreamedCall[] = [];
  for await (const data of dataOf(response)) {
    if (data === '[DONE]') {
      ended = true;
      break;
    }
    const chunk = recordIn(data);
    if (chunk['error'] !== undefined) throw cutOff();
    usage = chunk['usage'] ?? usage;
    const [choice] = listOf(chunk['choices']).map(recordOf);
    ended ||= typeof choice?.['finish_reason'] === 'string';
    const delta = recordOf(choice?.['delta']);
    if (typeof delta['content'] === 'string' && delta['content'] !== '') {
      content += delta['content'];
      heard(delta['content']);
    }
    for (const piece of listOf(delta['tool_calls']).map(recordOf)) addTo(calls, piece);
  }
  if (!ended) throw cutOff();
  return { choices: [{ message: { content, tool_calls: calls.filter(Boolean) } }], usage };
}

/** What a call is called comes once, its arguments in pieces. */
function addTo(calls: StreamedCall[], piece: Json): void {
  const index = typeof piece['index'] === 'number' && piece['index'] < 1_000 ? piece['index'] : calls.length;
  const { name, arguments: more } = recordOf(piece['function']);
  const call = (calls[index] ??= { id: '', function: { name: '', arguments: '' } });
  if (typeof piece['id'] === 'string') call.id = piece['id'];
  if (typeof name === 'string') call.function.name += name;
  if (typeof more === 'string') call.function.arguments += more;
}

/** The data of each event of a stream. */
async function* dataOf({ body }: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) yield line.slice(5).trim();
  }
  if (rest.startsWith('data:')) yield rest.slice(5).trim();
}

function recordIn(text: string): Json {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    throw cutOff();
  }
}

const recordOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const cutOff = () => new AppError('MODEL_FAILED', 'The answer of the model broke off. Try again.');
