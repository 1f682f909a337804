// Straight between the points, as they lie close together.
export function along(minutes: number[], values: number[], at: number): number | null {
  const next = minutes.findIndex((m) => m >= at);
  if (next < 0 || values.length !== minutes.length) return null;
  if (next === 0) return minutes[0] === at ? (values[0] ?? null) : null;
  const [m0, m1, v0, v1] = [minutes[next - 1], minutes[next], values[next - 1], values[next]] as [
    number,
    number,
    number,
    number,
  ];
  return v0 + ((v1 - v0) * (at - m0)) / (m1 - m0);
}
