// Somebody on the line between one browser and the gateway, who writes down when something passed, on which
// connection, which way, and how many bytes: whole messages of HTTP, heads included. Time is the test's own. An answer
// is held back until it is let through, so that it comes when the test says.
import { once } from 'node:events';
import net from 'node:net';

export class Watcher {
  seen = [];
  time = 0;
  #connections = 0;
  #gate = Promise.resolve();
  #open = () => undefined;
  #answered = () => undefined;

  static async on(port) {
    const watcher = new Watcher();
    watcher.server = net.createServer((near) => watcher.#carry(near, net.connect(port, '127.0.0.1')));
    watcher.server.listen(0, '127.0.0.1');
    await once(watcher.server, 'listening');
    watcher.url = `http://127.0.0.1:${watcher.server.address().port}/`;
    return watcher;
  }

  // From now on; ends when there is an answer, so the next message has left the browser whole.
  hold() {
    this.#gate = new Promise((open) => (this.#open = open));
    return new Promise((answered) => (this.#answered = answered));
  }
  letThrough() {
    this.#open();
  }
  close() {
    this.server.close();
  }

  #carry(near, far) {
    const number = (this.#connections += 1);
    near.on('data', (bytes) => {
      this.#note(number, 'out', bytes);
      far.write(bytes);
    });
    far.on('data', async (bytes) => {
      this.#answered();
      await this.#gate;
      this.#note(number, 'in', bytes);
      near.write(bytes);
    });
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  }

  // One message is what passes one way before anything passes the other way.
  #note(number, direction, bytes) {
    const last = this.seen.at(-1);
    if (last && last.number === number && last.direction === direction && last.time === this.time) last.size += bytes.length;
    else this.seen.push({ time: this.time, number, direction, size: bytes.length });
  }
}
