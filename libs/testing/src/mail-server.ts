import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server on loopback, for specs: it keeps what it takes. */
export async function startMailServer() {
  const mails: string[] = [];
  const behaviour: { beforeAnswer: () => Promise<void>; refuses: (address: string) => number | undefined } = {
    beforeAnswer: () => Promise.resolve(),
    refuses: () => undefined,
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, callback) {
      const responseCode = behaviour.refuses(address);
      const refusal = `<${address}>: recipient rejected`;
      callback(responseCode === undefined ? null : Object.assign(new Error(refusal), { responseCode }));
    },
    async onData(stream, _session, callback) {
      mails.push(await text(stream));
      await behaviour.beforeAnswer();
      callback(null);
    },
  });
  // A client that goes away is no fault of the server.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    mails,
    behaviour,
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
