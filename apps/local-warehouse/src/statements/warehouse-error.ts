/** Where in the statement a problem was found; Snowflake counts lines from 1 and positions from 0. */
export interface SourcePosition {
  line: number;
  pos: number;
}

/** A statement's or a login's failure with Snowflake's own code and SQLSTATE. */
export class WarehouseError extends Error {
  constructor(
    readonly code: string,
    readonly sqlState: string,
    message: string,
    readonly position?: SourcePosition,
    readonly kind: 'COMPILATION' | 'EXECUTION' = 'COMPILATION',
  ) {
    super(message);
  }
}

const at = (position: SourcePosition | undefined) =>
  position ? `error line ${position.line} at position ${position.pos}\n` : '';

export const syntaxError = (detail: string, position: SourcePosition = { line: 1, pos: 0 }) =>
  new WarehouseError(
    '001003',
    '42000',
    `SQL compilation error:\nsyntax error line ${position.line} at position ${position.pos} ${detail}.`,
    position,
  );

/** What this warehouse does not do; naming it is better than a wrong answer. */
export const unsupported = (feature: string, position?: SourcePosition) =>
  new WarehouseError('000002', '0A000', `Unsupported feature '${feature}'.`, position);

export const invalidIdentifier = (name: string, position?: SourcePosition) =>
  new WarehouseError('000904', '42000', `SQL compilation error: ${at(position)}invalid identifier '${name}'`, position);

export const objectNotFound = (kind: string, name: string) =>
  new WarehouseError('002003', '42S02', `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`);

export const cannotOperate = () =>
  new WarehouseError(
    '002043',
    '02000',
    'SQL compilation error:\nObject does not exist, or operation cannot be performed.',
  );

export const accessDenied = (detail: string) =>
  new WarehouseError('003001', '42501', `SQL access control error:\n${detail}`);

export const compilationError = (code: string, detail: string, position?: SourcePosition) =>
  new WarehouseError(code, '42601', `SQL compilation error: ${at(position)}${detail}`, position);

export const typeError = (detail: string, position?: SourcePosition) =>
  new WarehouseError('001044', '42P13', `SQL compilation error: ${at(position)}${detail}`, position);

export const cancelled = () => new WarehouseError('000604', '57014', 'SQL execution canceled', undefined, 'EXECUTION');

export const timedOut = (seconds: number) =>
  new WarehouseError(
    '000630',
    '57014',
    `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`,
    undefined,
    'EXECUTION',
  );
