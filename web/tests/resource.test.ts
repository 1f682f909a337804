import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readAgain, startLive, stopLive } from "../src/api/live";
import { useReading, type Options } from "../src/app/resource";
import { queue } from "../src/app/state";
import { FakeSource, stubBrowser } from "./fakes/browser";
import { mount } from "./fakes/hook";

const pass = (ms = 200): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const beat = (): void => FakeSource.open().forEach((each) => each.say("beat", { now: "" }));

let answers: ((text: string) => void)[] = [];
const read = (): Promise<string> => new Promise((answer) => answers.push(answer));
const open = (options: Options) => mount((path: string) => useReading(path, read, options), "a");

beforeEach(() => {
  stubBrowser();
  answers = [];
});
afterEach(() => {
  stopLive();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("what a page reads", () => {
  test("before the stream stands is read once more; what hangs on no record is not", async () => {
    startLive({ signIn: "nurse-1", streams: true, now: () => undefined, askWho: () => undefined });
    const [chart, library] = [open({ live: () => true }), open({})];
    await pass();
    expect(answers.length).toBe(2);
    beat();
    beat();
    await pass();
    expect(answers.length).toBe(3);
    [chart, library].forEach((each) => each.leave());
  });

  test("is shown with the first answer, and not put back by an older one", async () => {
    const chart = open({ live: () => true });
    await pass();
    readAgain();
    answers[0]?.("first");
    await pass();
    expect(chart.now().data).toBe("first");
    readAgain();
    answers[2]?.("third");
    answers[1]?.("second");
    await pass();
    expect(chart.now().data).toBe("third");
    chart.leave();
  });

  test("is read again after a save where it is asked for, without a record", async () => {
    const [ledger, library] = [open({ saved: true }), open({})];
    await pass();
    queue.saved.value += 1;
    await pass();
    expect(answers.length).toBe(3);
    [ledger, library].forEach((each) => each.leave());
  });
});
