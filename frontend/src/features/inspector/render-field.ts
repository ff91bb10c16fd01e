import type { ReactNode } from 'react';
import type { FieldSpec } from './describe-fields';

/** Draws one field of any kind. Objects and lists get it handed in, since fields may hold objects and lists again. */
export type RenderField = (field: FieldSpec, path: string) => ReactNode;
