// An instrument as its content file has it (docs/instrument-format.md): a FHIR R4 Questionnaire and its
// scoring.
export interface AnswerOption {
  extension?: { url: string; valueDecimal?: number }[];
  valueCoding: { code: string; display?: string };
}
export interface Item {
  linkId: string;
  text?: string;
  type: "display" | "group" | "choice" | "integer" | "boolean" | "decimal" | "text";
  required?: boolean;
  answerOption?: AnswerOption[];
  extension?: { url: string; valueInteger?: number }[];
  enableWhen?: {
    question: string;
    operator: "=" | "!=";
    answerBoolean?: boolean;
    answerInteger?: number;
    answerCoding?: { code: string };
  }[];
  enableBehavior?: "all" | "any";
  item?: Item[];
}
export interface Instrument {
  id: string;
  version: string;
  status: string;
  title: string;
  short_title?: string;
  who: "patient" | "clinician";
  interval?: { text: string };
  questionnaire: { item: Item[] };
  scoring: {
    total: {
      name: string;
      low: number;
      high: number;
      bands: { from: number; to: number; name: string; when?: number }[];
    };
    response?: { value: number; unit: string };
    remission_below?: { value: number; unit: string };
    urgent?: { item: string; at_least: number; action: string }[];
  };
  licence?: string;
  notice?: string;
}
export interface InstrumentHead {
  id: string;
  version: string;
  title: string;
  short_title?: string;
  who?: string;
  items?: number;
}
