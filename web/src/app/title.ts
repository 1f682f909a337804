import { useEffect } from "preact/hooks";
import { t } from "../texts";

// What the browser's tab says: a page, and a pseudonym at most.
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} – ${t().common.product}`;
  }, [page]);
}
