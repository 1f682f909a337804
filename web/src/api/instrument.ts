// An instrument as its content file has it (docs/instrument-format.md): a FHIR R4 Questionnaire and its
// scoring.
import type { Instruments } from "../../generated/api";
import type { Instruments as Instrument, Item } from "../../generated/instruments";

export type { Instrument, Item };
export type InstrumentHead = Instruments["instruments"][number];
