// A reason that the server keeps beside no record, in an account or the audit: it takes fewer bytes of it.
import { t } from "../texts";

export const longestReason = 400; // schema/api-1.schema.json, `reason`
const bytes = (text: string): number => new TextEncoder().encode(text.trim()).length;

export const isReason = (text: string): boolean => text.trim() !== "" && bytes(text) <= longestReason;

export const tooLong = (text: string): string | null =>
  bytes(text) > longestReason ? t().common.tooLong(bytes(text), longestReason) : null;
