// Ports of this machine for programs that a test or the practice region starts, and waiting for what they do.
import { once } from 'node:events';
import net from 'node:net';

// Below the range from which the system picks a port for an outgoing connection: one of those would otherwise sit
// on a port between its choice and the start of the program that is to listen there.
export async function freePort() {
  for (;;) {
    const port = 28_000 + Math.floor(Math.random() * 4_000);
    const server = net.createServer().listen(port, '127.0.0.1');
    const [refused] = await Promise.race([once(server, 'listening'), once(server, 'error')]);
    if (refused) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

export async function until(what, seconds, holds) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

export const listens = (port) => new Promise((done) => {
  const socket = net.connect(port, '127.0.0.1', () => done(!!socket.destroy()));
  socket.on('error', () => done(false));
});
