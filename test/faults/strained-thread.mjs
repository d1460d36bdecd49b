import { parentPort } from 'node:worker_threads';

/** Does to its thread what it is told, as a file might that was made to. */
const deeds = {
  answer: ({ value }) => value,
  hang: () => {
    for (;;);
  },
  heap: () => {
    const kept = [];
    for (;;) kept.push(Array.from({ length: 500_000 }, (_, i) => i + 0.5));
  },
  buffers: () => {
    const kept = [];
    for (let size = 0; ; size += 1) {
      kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
      // At its own pace, as what inflates a stream has one.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  },
  crash: () => process.exit(3),
};

parentPort.on('message', (job) => {
  const answer = deeds[job.deed](job);
  parentPort.postMessage(answer, []);
});
