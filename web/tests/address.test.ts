import { describe, expect, test } from "vitest";
import { at } from "../src/api/address";

describe("addresses of the API", () => {
  test("names go to their places and nothing of them is read as more than a name", () => {
    expect(at("/api/me")).toBe("/api/me");
    expect(at("/api/patients/{patient}/sessions/{session}", { patient: "a/b", session: "s{patient}?" })).toBe(
      "/api/patients/a%2Fb/sessions/s%7Bpatient%7D%3F",
    );
  });

  test("what has no place in the path stands behind the question mark", () => {
    expect(at("/api/patients/{patient}/events", { patient: "p1", after: 3, limit: 1000 })).toBe(
      "/api/patients/p1/events?after=3&limit=1000",
    );
    expect(at("/api/patients/{patient}/export", { patient: "p1", recipient: "Dr A & B" })).toBe(
      "/api/patients/p1/export?recipient=Dr+A+%26+B",
    );
  });

  test("an address that is not served does not pass the type check", () => {
    // @ts-expect-error: no such route
    expect(at("/api/nowhere")).toBe("/api/nowhere");
    // @ts-expect-error: the patient is not named
    expect(at("/api/patients/{patient}/chart", {})).toContain("{patient}");
  });
});
