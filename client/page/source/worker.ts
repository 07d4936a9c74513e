// What runs in the page's workers: one errand each (workshop.ts).
import { work, type Errand } from './workshop';

const here = globalThis as unknown as {
  onmessage: (event: { data: Errand }) => void;
  postMessage(answer: Uint8Array | string): void;
};

here.onmessage = ({ data }) => {
  work(data, () => Promise.resolve(true)).then(
    (answer) => here.postMessage(answer),
    (error: unknown) => here.postMessage(error instanceof Error ? error.message : 'no_memory'),
  );
};
