import { parseInput } from '@snowflow/contracts/dto/parse-input';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ImportRequest } from '@snowflow/contracts/workflow/transfer.dto';

/**
 * What is to be imported: a body of YAML is the file; of a form its field `file`; of JSON its field `content`, or the whole of it where
 * it is the file itself.
 */
export async function importRequestOf(
  body: unknown,
  contentType: string,
  { dryRun }: { dryRun?: boolean },
): Promise<ImportRequest> {
  const query = dryRun === undefined ? {} : { dryRun };
  if (typeof body === 'string') return parseInput(ImportRequest, { content: body, ...query });
  if (Buffer.isBuffer(body)) return parseInput(ImportRequest, { ...query, ...(await fieldsOf(body, contentType)) });
  const isRequest = typeof body === 'object' && body !== null && Object.hasOwn(body, 'content');
  return parseInput(
    ImportRequest,
    isRequest ? { ...query, ...body } : { content: JSON.stringify(body ?? ''), ...query },
  );
}

async function fieldsOf(body: Buffer, contentType: string): Promise<Record<string, unknown>> {
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw new AppError('MALFORMED_BODY', 'The form is not readable. Send it as multipart/form-data with a field file.');
  });
  const file = form.get('file');
  if (file === null) throw invalid('file', 'The form has no field file');
  const [dryRun, mapping] = [form.get('dryRun'), form.get('mapping')];
  return {
    content: typeof file === 'string' ? file : textOf(await file.arrayBuffer()),
    ...(dryRun === null ? {} : { dryRun: dryRun === 'true' }),
    ...(typeof mapping === 'string' && mapping !== '' ? { mapping: jsonOf(mapping) } : {}),
  };
}

/** Bytes that are no UTF-8 would be taken over as other letters. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid('file', 'The file is no text in UTF-8');
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw invalid('mapping', 'The mapping is no JSON');
  }
}

const invalid = (path: string, message: string) =>
  new AppError('VALIDATION', `The request is not valid. ${path}: ${message}`, { errors: [{ path, message }] });
