// A stand-in for `evenkeel serve`, for the time until the pages meet the real one: the contract of the API over the
// command line program, so that gates, scores and assessments are real. No security at all: never for patients.
//   node dev/stand_in.mjs STORE [PORT]      $EVENKEEL names the program; STORE as dev/seed.sh makes it
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createReadStream, existsSync, readFileSync, readdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const [store = "/tmp/evenkeel-stand-in", port = "8090"] = process.argv.slice(2);
const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "web/dist");
const content = join(root, "content");
const program = process.env.EVENKEEL ?? "evenkeel";
const site = "demo-clinic";

const chair = ["read-chart", "see-schedule", "read-ledger", "read-register"];
const rights = {
  prescriber: [...chair, "open-chart", "export-chart", "write-ledger", "break-glass"],
  nurse: [...chair, "open-chart", "write-ledger", "break-glass"], therapist: ["read-chart", "see-schedule", "read-register"],
  pharmacist: [...chair, "write-ledger"], "front-desk": ["open-chart", "see-schedule", "read-register"], laboratory: [],
  auditor: [...chair, "export-chart", "read-audit", "verify"], administrator: ["verify", "keep-store", "keep-accounts"],
};
const atChair = ["pre_check", "session_ready", "session_started", "rate_changed", "session_ended", "session_discharged",
  "session_stopped", "vital_signs", "sign_seen", "patient_facts", "consent_recorded", "screening", "session_checked_in",
  "session_cancelled", "evaluation", "assay", "symptom_report", "contact", "other_source", "toxicology", "lab_result",
  "urine_test", "medicine_changed", "appointment_missed", "circumstance", "harm", "entered_in_error"];
const writes = {
  prescriber: [...atChair, "plan_approved", "plan_changed", "plan_signed", "session_decision", "review"], nurse: atChair,
  therapist: ["sign_seen", "evaluation", "symptom_report", "contact", "appointment_missed", "circumstance", "harm"],
  pharmacist: ["contact", "other_source", "medicine_changed"], auditor: [], administrator: [],
  "front-desk": ["patient_facts", "session_checked_in", "session_cancelled", "contact", "appointment_missed"],
  laboratory: ["assay", "toxicology", "lab_result", "urine_test"],
};

const people = new Map(JSON.parse(readFileSync(join(store, "people.json"))).map((p) => [p.patient, p]));
const sessions = new Map();
const streams = new Set();
const answered = new Map();
const links = new Map();
let live = 0;

class Refusal extends Error {
  constructor(status, code, detail, more = {}) {
    super(detail);
    this.answer = { type: "about:blank", title: code, status, code, detail, ...more };
  }
}

// One process at a time may have the store open.
let queue = Promise.resolve();
function run(who, args) {
  const next = queue.then(() => runNow(who, args));
  queue = next.catch(() => undefined);
  return next;
}

function runNow(who, args) {
  return new Promise((done, fail) => {
    const as = who ? ["--data", join(store, "store"), "--as", who.name, "--role", who.role] : [];
    execFile(program, [...args, ...as], { maxBuffer: 1 << 28, cwd: root }, (error, out, err) => {
      if (!error || error.code === 1 || (error.code === 4 && args[0] === "plan" && out)) return done(out);
      const [status, code] = { 3: [422, "invalid_input"], 4: [409, "outside_domain"], 5: [503, "storage"] }[error.code] ?? [500, "internal"];
      const said = err.trim().replace(/^evenkeel: /, "");
      const parts = said.split("; ").map((detail) => ({ code, field: "", detail }));
      fail(new Refusal(status, code, parts[0].detail, parts.length > 1 ? { errors: parts } : {}));
    });
  });
}
const json = async (who, args) => JSON.parse(await run(who, [...args, "--format", "json"]));
const asReader = (who) => (rights[who.role].includes("read-chart") ? who : { name: who.name, role: "nurse" });

async function record(who, patient) {
  if (!people.has(patient)) throw new Refusal(404, "not_found", `no patient ${patient}`);
  const text = await run({ name: who.name, role: "prescriber" }, ["export", "--patient", patient, "--to", "stand-in"]);
  const lines = text.trim().split("\n").slice(1).map((line, i) => ({ version: i + 1, ...JSON.parse(line) }));
  return { text, lines };
}

async function assess(text, verb = "assess", more = []) {
  const file = join(tmpdir(), `stand-in-${randomBytes(6).toString("hex")}.jsonl`);
  writeFileSync(file, text);
  try {
    return await json(null, [verb, file, ...more]);
  } finally {
    unlinkSync(file);
  }
}

function planOf(lines) {
  const plan = lines.findLast((e) => e.kind === "plan_approved");
  if (!plan) return null;
  const changes = lines.filter((e) => e.kind === "plan_changed" && e.version > plan.version);
  return changes.reduce((body, { body: { reason: _r, note: _n, ...change } }) => ({ ...body, ...change }), plan.body);
}

async function chart(who, patient) {
  const { text, lines } = await record(who, patient);
  const assessment = await assess(text);
  return { person: people.get(patient), version: lines.length, now: assessment.now, assessment, plan: planOf(lines), events: lines.length };
}

const ofSession = (lines, session) => lines.filter((e) => e.body.session === session);

function readyOf(lines, weight) {
  const event = lines.findLast((e) => e.kind === "session_ready");
  if (!event) return null;
  const [dose, length, strength] = [event.body.dose.value, event.body.infusion_length.value, event.body.concentration.value];
  return { base_mg: dose, length_min: length, base_mg_per_mL: strength, volume_mL: dose / strength, rate_base_mg_per_h: dose * 60 / length,
    rate_mL_per_h: dose / strength * 60 / length, base_mg_per_kg: dose / weight, weight_kg: weight, second: event.body.second_checker, by: event.recorded_by };
}

async function sessionPage(who, patient, session) {
  const { lines } = await record(who, patient);
  const sheet = await json(asReader(who), ["session", "show", "--patient", patient, "--session", session]);
  const events = ofSession(lines, session);
  const weight = lines.findLast((e) => e.body.weight)?.body.weight.value ?? 70;
  const plan = planOf(lines);
  const protocol = plan && JSON.parse(readFileSync(join(content, "protocols", `${plan.protocol}.json`)));
  const perKg = plan?.dose?.value;
  return {
    person: people.get(patient), version: lines.length, session: sheet, place: events.find((e) => e.body.place)?.body.place,
    writes: writes[who.role], ready: readyOf(events, weight),
    planned: plan && { base_mg: plan.fixed_dose?.value ?? +(perKg * weight).toFixed(2), length_min: plan.infusion_length.value, base_mg_per_kg: perKg,
      weight_kg: weight, drug: plan.drug, protocol: plan.protocol },
    vitals: events.filter((e) => e.kind === "vital_signs").map(({ at, id, body: { session: _s, ...v } }) => ({ at, event: id, ...v })),
    signs: (protocol?.session?.signs ?? protocol?.monitoring?.signs ?? []).map((s) => ({ id: s.id, text: s.words ?? s.text ?? s.id })), events,
  };
}

async function curve(who, patient, session) {
  const { exposure, sessions: past } = (await chart(who, patient)).assessment;
  const own = exposure.sessions.find((s) => s.session === session);
  if (!own?.curve) return { reason: own?.refused?.what ?? "nothing has started" };
  const values = own.curve.map((p) => p[1]);
  return { model: exposure.model.id, analyte: "ketamine", site: exposure.model.site, unit: "ng/mL", start: past.find((s) => s.session === session).start,
    note: "Stand-in: the band is drawn at half and double.", minutes: own.curve.map((p) => p[0]), median: values, low: values.map((v) => v / 1.6),
    high: values.map((v) => v * 1.6), measured: [] };
}

async function today(who, day = new Date().toISOString().slice(0, 10)) {
  const out = { now: new Date().toISOString(), day, sessions: [], due: [], people: [] };
  for (const [patient, person] of people) {
    const { lines } = await record(who, patient);
    for (const e of lines.filter((l) => l.kind === "session_checked_in" && l.at.startsWith(day))) {
      const sheet = await json(asReader(who), ["session", "show", "--patient", patient, "--session", e.body.session]);
      const next = sheet.flowsheet?.vital_signs_due.find((d) => d.state === "to_come" || d.state === "overdue");
      out.sessions.push({ patient, name: person.name, session: e.body.session, at: e.at, place: e.body.place, state: sheet.state,
        hold_asked: sheet.flowsheet?.hold_asked, stop_asked: sheet.flowsheet?.stop_asked, next_vitals_due: sheet.ended ? undefined : next?.due });
    }
    if (!rights[who.role].includes("read-chart")) continue;
    const { assessment: a } = await chart(who, patient);
    const findings = a.rules.flatMap((r) => r.findings.filter((f) => !f.closed).map((f) => ({ rule: r.rule, title: r.title, level: f.level })));
    if (a.level > 0) out.people.push({ patient, name: person.name, level: a.level, action: a.actions[0]?.what ?? "", by_role: a.actions[0]?.who,
      look_by: a.actions.find((x) => x.by)?.by ?? undefined, overdue: a.actions.some((x) => x.by && Date.parse(x.by) < Date.now()), findings });
    for (const d of a.course?.due ?? []) if (d.state !== "up to date") out.due.push({ patient, name: person.name, what: d.what, due: d.next,
      overdue_days: d.next ? Math.max(0, Math.floor((Date.now() - Date.parse(d.next)) / 864e5)) : 0 });
  }
  out.people.sort((x, y) => y.level - x.level);
  return out;
}

function tell(patient, session, kind) {
  live += 1;
  const data = JSON.stringify({ patient, session, version: live, kind, at: new Date().toISOString() });
  for (const s of streams) s.write(`id: ${live}\nevent: record\ndata: ${data}\n\n`);
}

async function enter(who, where, { kind, body, at }) {
  const args = ["enter", kind, JSON.stringify(body), ...where, ...(at ? ["--at", at] : []), "--key", randomBytes(8).toString("hex")];
  const said = await run(who, args);
  return { event: said.trim().split(" ").at(-1), version: Date.now() };
}

async function enterEvent(who, patient, what) {
  const written = await enter(who, ["--patient", patient], what);
  tell(patient, what.body.session, what.kind);
  if (what.kind !== "evaluation") return written;
  const score = (await chart(who, patient)).assessment.scores.find((s) => s.event === written.event);
  const scoring = JSON.parse(readFileSync(join(content, "instruments", `${what.body.instrument}.json`))).scoring;
  const urgent = (scoring.urgent ?? []).filter((u) => (what.body.answers?.[u.item] ?? 0) >= u.at_least).map((u) => u.action);
  return { ...written, score: { total: score?.total ?? null, status: score?.band || score?.no_total_because || "", urgent: [...new Set(urgent)] } };
}

async function start(who, patient, session, { base_mg, volume_mL, rate_mL_per_h }) {
  const { ready, planned, session: sheet } = await sessionPage(who, patient, session);
  const same = ready && [[base_mg, ready.base_mg], [volume_mL, ready.volume_mL], [rate_mL_per_h, ready.rate_mL_per_h]].every(([a, b]) => Math.abs(a - b) < 5e-4);
  if (!same) throw new Refusal(422, "invalid_input", "what was read back differs from what was made ready");
  await run(who, ["session", "start", "--patient", patient, "--session", session]);
  tell(patient, session, "session_started");
  return { event: `${sheet.session}-${planned.drug}`, version: Date.now() };
}

const entries = (kind) => readdirSync(join(content, kind)).filter((f) => f.endsWith(".json") && !f.includes("schema")).map((f) => JSON.parse(readFileSync(join(content, kind, f))));
const kinds = ["models", "effects", "interactions", "protocols", "instruments", "rules", "evidence", "help", "criteria", "behaviours"];
const head = ({ id, version, status, title, short_title, who }) => ({ id, version, status, title, short_title, who });

async function ledger(who) {
  const balance = await json(who, ["ledger", "--site", site]);
  const text = await run({ name: who.name, role: "auditor" }, ["export", "--site", site, "--to", "stand-in"]);
  const events = text.trim().split("\n").slice(1).map((l) => JSON.parse(l));
  return { version: events.length, balance, events };
}

async function audit(who, query) {
  const about = query.get("about");
  const text = await run(who, ["store", "audit", "--last", query.get("last") ?? "100", ...(about ? ["--about", about] : [])]);
  return { entries: [...text.matchAll(/^\s*(\d+)\s+(\S+)\s+(\S+) \(([\w-]+)\) (\w+) ?(\S*):? ?(.*)$/gm)].map(([, number, at, actor, role, action, subject, detail]) =>
    ({ number: +number, at, actor, role, action, subject: subject.replace(/:$/, ""), detail, hash: "" })) };
}

const users = new Map(Object.keys(rights).map((role) => [`${role}-1`, { name: `${role}-1`, display: `${role[0].toUpperCase()}${role.slice(1)} One`, role, enabled: true,
  second_factor: role === "prescriber", must_change_password: false, version: 1 }]));
users.set("nurse-2", { ...users.get("nurse-1"), name: "nurse-2", display: "Nurse Two" });
users.set("new-1", { ...users.get("nurse-1"), name: "new-1", display: "Nurse New", must_change_password: true });
const meOf = (s) => ({ name: s.user.name, display: s.user.display, role: s.user.role, rights: rights[s.user.role], writes: writes[s.user.role],
  must_change_password: s.user.must_change_password, second_factor: s.user.second_factor, csrf: s.csrf, locked: s.locked, idle_lock_s: 600,
  ends_at: new Date(Date.now() + 288e5).toISOString(), site, demo: true, now: new Date().toISOString() });

function signIn({ name, password, code }, set) {
  const user = users.get(name);
  if (!user?.enabled || password !== "evenkeel-demo") throw new Refusal(401, "sign_in", "name or password is not right");
  if (user.second_factor && code !== "123456") throw new Refusal(401, "code_needed", "the code of the second factor is needed");
  const id = randomBytes(16).toString("hex");
  sessions.set(id, { user, csrf: randomBytes(8).toString("hex"), locked: false });
  set(`evenkeel=${id}; HttpOnly; SameSite=Strict; Path=/`);
  return meOf(sessions.get(id));
}

const mine = (s) => ({
  "POST lock": () => void (s.locked = true), "GET me": () => meOf(s), "POST sign-out": () => void (s.ended = true),
  "POST unlock": ({ password }) => { if (password !== "evenkeel-demo") throw new Refusal(401, "sign_in", "the password is not right"); s.locked = false; return meOf(s); },
  "POST password": () => { s.user.must_change_password = false; return meOf(s); },
  "POST second-factor": () => ({ secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/x" }),
  "POST second-factor/confirm": () => { s.user.second_factor = true; return meOf(s); },
  "DELETE second-factor": () => { s.user.second_factor = false; return meOf(s); },
});

function need(who, right) {
  if (!rights[who.role].includes(right)) throw new Refusal(403, "not_permitted", `a ${who.role} may not: ${right}`);
}

const reads = {
  today: (who, _p, q) => today(who, q.get("day") ?? undefined),
  patients: (who, _p, q) => ({ patients: [...people.values()].filter((p) => `${p.name} ${p.patient}`.toLowerCase().includes((q.get("q") ?? "").toLowerCase())) }),
  instruments: (_w, [, id]) => id ? { instrument: entries("instruments").find((e) => e.id === id) } : { instruments: entries("instruments").map(head) },
  library: (_w, [, kind, id]) => kind ? readEntry(kind, id) : { kinds: kinds.map((k) => ({ kind: k, entries: entries(k).map(head) })) },
  ledger: (who) => (need(who, "read-ledger"), ledger(who)),
  audit: (who, [, what], q) => what === "head" ? { number: 1, hash: "0".repeat(64) } : (need(who, "read-audit"), audit(who, q)),
  users: (who) => (need(who, "keep-accounts"), { users: [...users.values()] }),
  site: () => ({ site: JSON.parse(readFileSync(join(root, "examples/site.json"))), limits: [{ what: "dose", value: 1.5, unit: "mg/kg", from: "protocol", label: "P", source: "stand-in" }] }),
};

async function readEntry(kind, id) {
  const entry = entries(kind).find((e) => e.id === id);
  if (!entry) throw new Refusal(404, "not_found", `no ${id}`);
  return { entry, text: await run(null, ["content", "show", id]).catch(() => "") };
}

async function ofPatient(who, method, [, p, what, s, verb], body) {
  if (!what) return people.get(p);
  if (what === "chart" || what === "events" && method === "GET" || what === "dose") need(who, "read-chart");
  if (what === "chart") return chart(who, p);
  if (what === "events" && method === "POST") return enterEvent(who, p, body);
  if (what === "events") return record(who, p).then(({ lines }) => ({ version: lines.length, events: lines }));
  if (what === "dose") return record(who, p).then(async ({ text }) => ({ asked_at: new Date().toISOString(), report: await assess(text, "plan", ["--site", join(root, "examples/site.json")]) }));
  if (what === "links") { const token = randomBytes(12).toString("hex"); links.set(token, { p, ...body }); return { address: `/answer#${token}`, expires_at: new Date(Date.now() + 864e5).toISOString() }; }
  if (verb === "curve") return curve(who, p, s);
  if (verb === "start") return start(who, p, s, body);
  return sessionPage(who, p, s);
}

async function answer(path, body) {
  const link = links.get(body.token);
  if (!link) throw new Refusal(404, "not_found", "the link is not valid");
  const instrument = entries("instruments").find((e) => e.id === link.instrument);
  if (path[1] === "open") return { instrument, initials: "A. B.", expires_at: new Date(Date.now() + 864e5).toISOString() };
  links.delete(body.token);
  const { score } = await enterEvent({ name: "nurse-1", role: "nurse" }, link.p, { kind: "evaluation", body: { instrument: link.instrument, moment: link.moment, answers: body.answers } });
  return { done: true, ...(score.urgent.length && { urgent_words: "Please speak to somebody of the clinic now, before you leave." }) };
}

async function writeOther(who, path, body) {
  if (path[0] === "ledger") return enter(who, ["--site", site], body);
  if (path[0] === "audit") { const text = await run(who, ["verify"]); return { good: text.startsWith("sound"), entries: +(/(\d+) entries/.exec(text)?.[1] ?? 0), head: { number: 1, hash: /head: (\w+)/.exec(text)?.[1] }, faults: [] }; }
  if (path[0] === "patients") { const p = { patient: `p-${randomBytes(4).toString("hex")}`, ...body }; people.set(p.patient, p); return p; }
  if (path[0] !== "users") throw new Refusal(404, "not_found", path.join("/"));
  need(who, "keep-accounts");
  if (!path[1]) { users.set(body.name, { ...body, enabled: true, second_factor: false, must_change_password: true, version: 1 }); return { name: body.name, temporary_password: "four-plain-words-here" }; }
  const user = users.get(path[1]);
  if (path[2] === "reset") return { temporary_password: "four-plain-words-here" };
  return Object.assign(user, path[2] === "disable" ? { enabled: false } : path[2] === "enable" ? { enabled: true } : path[2] === "role" ? { role: body.role } : {});
}

async function api(method, path, query, body, headers, set) {
  if (path[0] === "public") return { evidence: entries("evidence"), help: { places: entries("help").find((e) => e.id === "lines").places } };
  if (path[0] === "answer") return answer(path, body);
  if (path[0] === "sign-in") return signIn(body, set);
  const s = sessions.get(/evenkeel=(\w+)/.exec(headers.cookie ?? "")?.[1]);
  if (!s || s.ended) throw new Refusal(401, "signed_out", "nobody is signed in");
  if (method !== "GET" && headers["x-evenkeel-csrf"] !== s.csrf) throw new Refusal(403, "csrf", "the token is missing");
  const own = mine(s)[`${method} ${path.join("/")}`];
  if (own && (!s.locked || ["me", "unlock", "sign-out", "lock"].includes(path[0]))) return own(body);
  if (s.locked) throw new Refusal(401, "screen_locked", "the screen is locked");
  const again = headers["idempotency-key"];
  if (method !== "GET" && answered.has(again)) return answered.get(again);
  const what = path[0] === "patients" && path[1] ? ofPatient(s.user, method, path, body)
    : method === "GET" ? (reads[path[0]] ?? (() => { throw new Refusal(404, "not_found", path.join("/")); }))(s.user, path, query) : writeOther(s.user, path, body);
  if (method !== "GET") answered.set(again, what);
  what?.catch?.(() => answered.delete(again));
  return what;
}

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function page(path, res) {
  const file = join(dist, normalize(path));
  const found = file.startsWith(dist) && existsSync(file) && statSync(file).isFile() ? file : path.includes(".") ? null : join(dist, "index.html");
  if (!found) return res.writeHead(404).end();
  res.writeHead(200, { "Content-Type": types[extname(found)] ?? "application/octet-stream", "Content-Security-Policy": policy });
  createReadStream(found).pipe(res);
}

function stream(req, res) {
  res.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  const beat = () => res.write(`event: beat\ndata: {"now":"${new Date().toISOString()}"}\n\n`);
  beat();
  streams.add(res);
  const timer = setInterval(beat, 1500);
  req.on("close", () => { streams.delete(res); clearInterval(timer); });
}

createServer(async (req, res) => {
  const url = new URL(req.url, "http://x");
  if (!url.pathname.startsWith("/api/")) return page(url.pathname, res);
  if (url.pathname === "/api/live") return stream(req, res);
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  try {
    const path = url.pathname.split("/").filter(Boolean).slice(1).map(decodeURIComponent);
    const out = await api(req.method, path, url.searchParams, chunks.length ? JSON.parse(Buffer.concat(chunks)) : {}, req.headers, (c) => res.setHeader("Set-Cookie", c));
    if (out === undefined) return res.writeHead(204).end();
    res.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(out));
  } catch (error) {
    const refused = error instanceof Refusal ? error.answer : { title: "internal", status: 500, code: "internal", detail: String(error.stack) };
    if (refused.status === 500) console.error(refused.detail);
    res.writeHead(refused.status, { "Content-Type": "application/problem+json" }).end(JSON.stringify(refused));
  }
}).listen(Number(port), "127.0.0.1", () => console.log(`stand-in at http://127.0.0.1:${port}`));
