// Reads the file and does nothing with it: what no program can go below.
const SLICE = 8 << 20;
onmessage = ({ data: file }) => {
  const reader = new FileReaderSync();
  for (let at = 0; at < file.size; at += SLICE) reader.readAsArrayBuffer(file.slice(at, at + SLICE));
  postMessage({});
};
