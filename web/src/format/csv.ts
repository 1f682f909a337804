// Rows as a file that a spreadsheet reads (RFC 4180).
export const csv = (rows: string[][]): string => rows.map((row) => row.map(cell).join(",") + "\r\n").join("");

// What begins like a formula would be one: an apostrophe before it makes it a text.
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function download(name: string, text: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
