import { defineService, read, ServiceClient, ServiceHandlers, write } from '../rpc/service-contract';
import { Done, Nothing } from '../rpc/nothing';
import {
  ConnectReply,
  ConnectRequest,
  ContextRequest,
  DisconnectRequest,
  MeView,
  RefreshRequest,
  SessionView,
} from './auth.dto';

/** Sessions and tokens. `connect` and `refresh` always answer the refresh token; the gateway decides between cookie and body. */
export const authContract = defineService('auth', {
  connect: write<Required<ConnectReply>>()(ConnectRequest, { sealed: true, deadlineMs: 15_000 }),
  refresh: write<Required<ConnectReply>>()(RefreshRequest, { sealed: true }),
  disconnect: write<Done>()(DisconnectRequest),
  me: read<MeView>()(Nothing),
  context: write<SessionView>()(ContextRequest),
});

export type AuthClient = ServiceClient<typeof authContract>;
export type AuthHandlers = ServiceHandlers<typeof authContract>;
