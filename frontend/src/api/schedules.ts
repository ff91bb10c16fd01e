import { answer, client } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];
export type Schedule = Schemas['ScheduleView'];
export type ScheduleSummary = Schemas['ScheduleSummaryView'];
export type ScheduleRun = Schemas['ScheduleRunView'];
export type NewSchedule = Schemas['CreateScheduleRequest'];
export type ScheduleChange = Schemas['ChangeScheduleBody'];
export type Timing = Schemas['TimingBody'];

const SHOWN = { limit: 200 };

export const fetchSchedules = async (signal: AbortSignal): Promise<Schedule[]> =>
  (await answer(client.GET('/api/v1/schedules', { params: { query: SHOWN }, signal }))).items;
export const fetchTenantSchedules = async (signal: AbortSignal): Promise<ScheduleSummary[]> =>
  (await answer(client.GET('/api/v1/admin/schedules', { params: { query: SHOWN }, signal }))).items;
export const fetchScheduleRuns = async (id: string, signal: AbortSignal): Promise<ScheduleRun[]> =>
  (await answer(client.GET('/api/v1/schedules/{id}/runs', { params: { path: { id }, query: { limit: 20 } }, signal })))
    .items;
export const previewTiming = (body: Timing, signal: AbortSignal) =>
  answer(client.POST('/api/v1/schedules/preview', { body, signal }));
export const createSchedule = (body: NewSchedule) => answer(client.POST('/api/v1/schedules', { body }));
export const changeSchedule = ({ id, ...body }: ScheduleChange & { id: string }) =>
  answer(client.PATCH('/api/v1/schedules/{id}', { params: { path: { id } }, body }));
export const removeSchedule = (id: string) =>
  answer(client.DELETE('/api/v1/schedules/{id}', { params: { path: { id } } }));
export const runScheduleNow = (id: string) =>
  answer(client.POST('/api/v1/schedules/{id}/run-now', { params: { path: { id } } }));
