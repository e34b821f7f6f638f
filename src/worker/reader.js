// Reads slices of files for another worker, which works on one while the next are read.
const reader = new FileReaderSync();
self.onmessage = event => {
  const [file, from, to] = event.data;
  try {
    const slice = reader.readAsArrayBuffer(file.slice(from, to));
    self.postMessage(slice, [slice]);
  } catch {
    self.postMessage(null);
  }
};
