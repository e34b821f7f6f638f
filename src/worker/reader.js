// Reads slices of files for another worker, which works on one while the next are read. A file is read from its first byte on, as
// a stream into buffers that come back: half the work of FileReaderSync, which takes new memory for each slice, and reads where
// the browser's files have no such stream.
const reader = new FileReaderSync();
let stream;
let before = Promise.resolve();

function open(file) {
  stream?.cancel().catch(() => {});
  try {
    stream = file.stream().getReader({ mode: 'byob' });
  } catch {
    stream = undefined;
  }
}

async function read(file, from, to, room) {
  if (from === 0) open(file);
  if (!stream) return new Uint8Array(reader.readAsArrayBuffer(file.slice(from, to)));
  const length = to - from;
  let buffer = room?.byteLength >= length ? room : new ArrayBuffer(length);
  let filled = 0;
  while (filled < length) {
    const { value, done } = await stream.read(new Uint8Array(buffer, filled, length - filled));
    if (done) throw new Error('shorter than it was');
    buffer = value.buffer;
    filled += value.byteLength;
  }
  return new Uint8Array(buffer, 0, length);
}

self.onmessage = ({ data }) => {
  before = before.then(() => read(...data)).then(slice => self.postMessage(slice, [slice.buffer]), () => self.postMessage(null));
};
