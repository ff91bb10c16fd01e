import type { DocumentSlice } from './document-slice';
import type { ProblemsSlice } from './problems-slice';
import type { RunSlice } from './run-slice';
import type { ViewSlice } from './view-slice';

export type BuilderState = DocumentSlice & RunSlice & ProblemsSlice & ViewSlice;

export type SetState = (change: Partial<BuilderState> | ((state: BuilderState) => Partial<BuilderState>)) => void;
export type GetState = () => BuilderState;
