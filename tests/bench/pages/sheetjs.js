// Reads the first sheet of the workbook as rows, in the leaner of SheetJS's two forms.
importScripts('xlsx/dist/xlsx.full.min.js');
onmessage = ({ data: file }) => {
  const book = XLSX.read(new FileReaderSync().readAsArrayBuffer(file), { dense: true });
  const rows = XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 });
  postMessage({ rows: rows.length });
};
