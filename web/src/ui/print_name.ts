// The patient's name on every printed page, and how many there are. The page's policy allows no inline style;
// a style sheet that is made by the script itself is allowed.
import { useEffect } from "preact/hooks";
import { locked } from "../app/state";

const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&").replace(/\s+/g, " ")}"`;

export function usePrintedName(name: string): void {
  const covered = locked.value; // a locked screen says no name, on paper neither
  useEffect(() => {
    if (covered) return undefined;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { margin: 18mm 12mm 14mm; font: 9pt system-ui, sans-serif;
      @top-left { content: ${quoted(name)}; font-weight: 600; }
      @top-right { content: counter(page) " / " counter(pages); } }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [name, covered]);
}
