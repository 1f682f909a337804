// A patient by name, or by id where no name may be seen; the way to the chart, or into a session of it, for
// those who read charts.
import type { JSX } from "preact";
import { may } from "../app/state";

export function PatientName({
  patient,
  name,
  session,
}: {
  patient: string;
  name?: string | undefined;
  session?: string;
}): JSX.Element {
  const words = name || patient;
  if (!may("read-chart")) return <>{words}</>;
  return <a href={`/patients/${patient}${session ? `/sessions/${session}` : ""}`}>{words}</a>;
}
