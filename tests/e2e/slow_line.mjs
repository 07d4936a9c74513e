// A line of so many bits a second each way between browser and gateway, which can be cut and comes back.
import { once } from 'node:events';
import net from 'node:net';

const step = 50; // milliseconds

export class SlowLine {
  #living = new Set();
  #cut = false;

  static async to(port, bitsPerSecond) {
    const line = new SlowLine();
    const share = Math.floor((bitsPerSecond / 8) * (step / 1000)); // bytes of one step, for all connections together
    const ways = { out: [], in: [] };
    line.server = net.createServer((near) => line.#carry(near, net.connect(port, '127.0.0.1'), ways));
    line.timer = setInterval(() => Object.values(ways).forEach((waiting) => pass(waiting, share)), step);
    line.server.listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    line.url = `http://127.0.0.1:${line.server.address().port}/`;
    return line;
  }

  // Ends what is on its way and answers nobody, for as long as the deed lasts.
  async cutWhile(deed) {
    this.#cut = true;
    for (const socket of this.#living) socket.destroy();
    await deed();
    this.#cut = false;
  }

  close() {
    clearInterval(this.timer);
    for (const socket of this.#living) socket.destroy();
    this.server.close();
  }

  #carry(near, far, ways) {
    if (this.#cut) return [near, far].forEach((socket) => socket.destroy());
    for (const [from, to, waiting] of [[near, far, ways.out], [far, near, ways.in]]) {
      this.#living.add(from);
      from.on('data', (bytes) => {
        waiting.push({ bytes, from, to });
        from.pause(); // until they have passed
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#living.delete(from);
        to.destroy();
      });
    }
  }
}

function pass(waiting, share) {
  for (let left = share; left > 0 && waiting.length > 0; ) {
    const [first] = waiting;
    const now = first.bytes.subarray(0, left);
    if (!first.to.destroyed) first.to.write(now);
    left -= now.length;
    first.bytes = first.bytes.subarray(now.length);
    if (first.bytes.length > 0) continue;
    waiting.shift();
    first.from.resume();
  }
}
