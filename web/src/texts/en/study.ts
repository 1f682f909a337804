// Words of the virtual clinic's study on the public page.
export const study = {
  title: "The virtual clinic",
  hint:
    "Simulated people with known behaviour live through a year, again and again, with the same " +
    "ketamine given and " +
    "watched in different ways. It shows what a regimen, its supervision and its evaluations " +
    "change if the " +
    "assumptions hold. It is no measurement, and no forecast for anybody.",
  assumed: "What is assumed",
  numbers: "The numbers that are supposed",
  number: "What",
  taken: "Taken as",
  thought: "Thought possible",
  source: "Source",
  behaviours: "How the simulated people behave",
  truths: { steady: "steady", rival: "looks like a sign and is none", sign: "a sign to notice" } as Record<
    string,
    string
  >,
  again: "Run it yourself",
  sameBytes: (patients: number, weeks: number, model: string, seed: string) =>
    `${patients} simulated people, ${weeks} weeks, model ${model}, seed ${seed}: the same seed ` +
    `gives the same ` +
    "numbers on any machine. The file holds every assumption; change it and run it again.",
  living: "How far the simulation is",
  lived: (lived: number, of: number) => `The year is being lived: ${lived} of ${of} people so far.`,
  factors: { regimen: "Regimen", supervision: "Supervision", evaluations: "Evaluations" } as Record<
    string,
    string
  >,
  levels: {} as Record<string, string>,
  whenNoticed: "People in whom a warning sign began: when it was noticed",
  onePerson: (patients: number) =>
    `One mark is one simulated person. How many of the ${patients} have a sign was chosen, so ` +
    `that there is ` +
    "enough to see; it says nothing of how often signs come.",
  inTime: "noticed before any harm",
  late: "noticed on the day of harm or later",
  unnoticed: "not noticed within the year",
  nobodyLooks: "not noticed: nobody looks",
  howSoon: "How soon",
  daysAfter: "days after the sign began",
  ofHundred: "noticed, of 100",
  curveLabel: "Of 100 people with a sign, how many were noticed by each day after it began",
  howMuch: "How much ketamine",
  gramsTitle: "Ketamine base in a year: the middle person, and 90 of 100",
  hoursTitle: "Hours in a year above 100 ng/mL: the middle person, and 90 of 100",
  inNumbers: "In numbers",
  clinicGrams: "Ketamine base from the clinic, mean",
  outsideGrams: "Ketamine base from elsewhere, mean",
  times: "Sessions and uses, mean",
  signs: "Signs noticed",
  delay: "Days until noticed, median (95 % interval)",
  lookedAt: "People without a sign who were looked at at least once",
  forNothing: "Looks for nothing, a patient-year (95 % interval)",
  harm: "People who reached what the model calls harm",
  better: "PHQ-9 points better at the end, mean",
  countOf: (count: number, of: number) => `${count} of ${of}`,
  none: "–",
  reading:
    "What is counted over all people hangs on how many behave how, and that was chosen. " +
    "Some looks at people without a sign are right all the same: an illness that comes back, a " +
    "wish to be dead. " +
    "Intervals are for the number of simulated people alone; that an assumption is wrong is " +
    "not in them. Harm is a " +
    "state of the model, and its threshold was chosen: compare it between the pictures, and " +
    "with nothing else.",
};
