/** The input of an operation that needs none but the request context. */
export class Nothing {}

/** The reply of an operation that has nothing to say. */
export interface Done {
  done: true;
}
