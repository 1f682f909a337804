// The types of what the server is asked and answers, from schema/: a module for each schema that is named,
// and both of each route. Made before each check and not committed, so that they are never older than what
// they are made from.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

const schemas = new URL("../../schema/", import.meta.url);
const out = new URL("../generated/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, schemas), "utf8"));
const typeName = (name) => name.replace(/(?:^|[-_])(\w)/g, (_, first) => first.toUpperCase());
// "record-1.schema.json": record; "../content/protocols/schema.json": protocols
const moduleOf = (file) =>
  file
    .replace(/-\d+\.schema\.json$|\/schema\.json$/, "")
    .split("/")
    .at(-1);

const wanted = new Set();

// "record-1.schema.json#/definitions/plan_approved/properties/body": import("./record").PlanApproved["body"]
function elsewhere(place) {
  const [file, inside = ""] = place.split("#");
  wanted.add(file);
  const [, definition, ...members] = inside.split("/").slice(1);
  const name = typeName(definition ?? moduleOf(file));
  const member = members.filter((step) => step !== "properties").map((step) => `["${step}"]`);
  return `import("./${moduleOf(file)}").${name}${member.join("")}`;
}

function prepared(node) {
  if (Array.isArray(node)) return node.map(prepared);
  if (node === null || typeof node !== "object") return node;
  if (node["x-members-of"])
    return { tsType: `${elsewhere(node["x-members-of"])} & ${beside(node.properties)}` };
  if (node["x-schema"]) {
    const orNull = [node.type].flat().includes("null") ? " | null" : "";
    return { tsType: elsewhere(node["x-schema"]) + orNull };
  }
  if (node.allOf) node = { ...node, allOf: node.allOf.filter((part) => part.$ref || part.type) };
  const kept = Object.entries(node).filter(([key, value]) => !untold(node, key, value));
  return Object.fromEntries(kept.map(([key, value]) => [key, prepared(value)]));
}

// What makes no type: titles, which members go together, and (above) what only narrows a value.
function untold(node, key, value) {
  if (["if", "then", "else"].includes(key) || (key === "title" && typeof value === "string")) return true;
  return "properties" in node && ["allOf", "anyOf", "oneOf"].includes(key);
}

// The members that stand beside those of another schema; numbers all.
const beside = (properties) =>
  `{ ${Object.keys(properties)
    .map((name) => `${name}: number`)
    .join("; ")} }`;

const options = {
  additionalProperties: false, // where a schema does not say; what it does not name is not read
  bannerComment: "// Made by `npm run types`.",
  format: false,
  unreachableDefinitions: true,
};

async function write(file) {
  const { $id, ...schema } = prepared(read(file)); // its file names it
  const text = await compile(schema, typeName(moduleOf(file)), options);
  writeFileSync(new URL(`${moduleOf(file)}.ts`, out), text);
}

function interfaceOf(name, which, otherwise) {
  const lines = Object.entries(read("api-1.routes.json")).map(([route, words]) => {
    const definition = words[which];
    const none = definition === null || definition.includes("/"); // a media type
    return `  "${route}": ${none ? otherwise : `api.${typeName(definition)}`};`;
  });
  return `export interface ${name} {\n${lines.join("\n")}\n}\n`;
}

function writeRoutes() {
  const head = `${options.bannerComment}\nimport type * as api from "./api";\n`;
  const parts = [head, interfaceOf("Asks", "asks", "object"), interfaceOf("Routes", "answers", "unknown")];
  writeFileSync(new URL("routes.ts", out), parts.join("\n"));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out);
await write("api-1.schema.json");
wanted.add("../content/protocols/schema.json"); // one kind of the library that a page reads
for (const file of wanted) await write(file); // grows while it is gone through
writeRoutes();
