// What the evidence is about, the question itself first. An entry that no group names stands in the last.
export type Group = "dependence" | "noticing" | "harm" | "treatment";

const named: Record<Exclude<Group, "treatment">, string[]> = {
  dependence: [
    "dependence-supervised",
    "dependence-unsupervised",
    "craving-and-dependence",
    "tolerance-supervised",
    "tolerance-unsupervised",
    "withdrawal-after-supervised",
    "withdrawal-unsupervised",
    "escalation-unsupervised",
    "abuse-liability-laboratory",
    "drug-liking-community",
    "substance-use-disorder-supervised",
  ],
  noticing: [
    "supervised-misuse-review",
    "early-signs-help-seeking",
    "second-prescriber-case",
    "dispensing-history-cadence",
    "titration-is-common",
    "severity-scale-ketamine",
    "diagnosis-reliability",
    "suicide-screening",
    "withdrawal-treatment",
  ],
  harm: [
    "bladder-supervised",
    "bladder-supervised-case",
    "bladder-unsupervised",
    "liver-supervised",
    "liver-unsupervised",
    "cognition-supervised",
    "cognition-unsupervised",
    "blood-pressure-rise",
    "poly-drug-poisonings",
    "spontaneous-reports",
  ],
};

export function grouped<Entry extends { id: string }>(entries: Entry[]): [Group, Entry[]][] {
  const groups = Object.entries(named).map(([group, ids]): [Group, Entry[]] => [
    group as Group,
    ids.flatMap((id) => entries.filter((entry) => entry.id === id)),
  ]);
  const placed = new Set(Object.values(named).flat());
  groups.push(["treatment", entries.filter((entry) => !placed.has(entry.id))]);
  return groups.filter(([, members]) => members.length > 0);
}
