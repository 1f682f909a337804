// A key opens the same dialog as its button.
import { useEffect } from "preact/hooks";

export function useKey(name: string, open: () => void): void {
  useEffect(() => {
    window.addEventListener(`evenkeel:${name}`, open);
    return () => window.removeEventListener(`evenkeel:${name}`, open);
  }, []);
}
