// "/patients/:p/sessions/:s" against a path: its parts, or null.
export function match(pattern: string, at: string): Record<string, string> | null {
  const want = pattern.split("/").filter(Boolean);
  const have = at.split("/").filter(Boolean);
  if (want.length !== have.length) return null;
  const parts: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const seen = have[i] as string;
    if (part.startsWith(":")) parts[part.slice(1)] = decodeURIComponent(seen);
    else if (part !== seen) return null;
  }
  return parts;
}
