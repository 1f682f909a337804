// The API's description is valid OpenAPI 3.1, and every schema that it refers to is served and is there.
//   The base URL is the first argument.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { Validator } = await import(require.resolve("@seriousme/openapi-schema-validator"));
const base = process.argv[2];
const read = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

const address = new URL("/api/openapi.json", base);
const description = await read(address);
// The validator follows no reference to another document; those are followed below.
const alone = JSON.parse(JSON.stringify(description), (_, node) => {
  if (typeof node?.$ref === "string" && !node.$ref.startsWith("#")) delete node.$ref;
  return node;
});
const { valid, errors } = await new Validator().validate(alone);
if (!valid) throw new Error(`not valid: ${JSON.stringify(errors)}`);

const documents = new Map([[address.href, description]]);
function references(node, found = []) {
  if (node === null || typeof node !== "object") return found;
  if (typeof node["$ref"] === "string") found.push(node["$ref"]);
  for (const each of Object.values(node)) references(each, found);
  return found;
}

let followed = 0;
for (const reference of references(description)) {
  const [place, pointer = ""] = reference.split("#");
  const from = new URL(place || address.href, address).href;
  if (!documents.has(from)) documents.set(from, await read(from));
  let node = documents.get(from);
  for (const step of pointer.split("/").filter(Boolean)) node = node?.[step];
  if (node === undefined) throw new Error(`${reference} leads nowhere`);
  followed++;
}
if (followed < 50) throw new Error(`only ${followed} references`);

const bodies = Object.values(description.paths).flatMap((path) => Object.values(path));
const asked = bodies.filter((operation) => operation.requestBody ?? operation.parameters.length > 0).length;
console.log(`${bodies.length} operations, ${asked} that ask for something, ${followed} references`);
