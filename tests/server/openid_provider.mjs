// A real OpenID provider (npm oidc-provider, certified) on this machine, for openid_test.py and the browser's test.
//
// usage: openid_provider.mjs PORT KEY CERTIFICATE CLIENT_SECRET REDIRECT
// Whoever comes is signed in as the test says beforehand: GET /test?sub=anna&amr=pwd,otp, or ?deny=1.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:https";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);
const [port, key, certificate, secret, redirect] = process.argv.slice(2);
const issuer = `https://127.0.0.1:${port}`;

const jwk = (kind, options, kid) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }),
  kid,
  use: "sig",
});
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "evenkeel",
      client_secret: secret,
      redirect_uris: [redirect],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  jwks: {
    keys: [jwk("rsa", { modulusLength: 2048 }, "rsa-1"), jwk("ec", { namedCurve: "P-256" }, "ec-1")],
  },
  cookies: { keys: ["of-a-test"] },
  claims: { openid: ["sub", "acr", "amr"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});

let next = { sub: "nobody", amr: [], deny: false };

async function interaction(req, res) {
  const details = await provider.interactionDetails(req, res);
  if (next.deny) {
    await provider.interactionFinished(req, res, { error: "access_denied" });
    return;
  }
  const grant = new provider.Grant({ accountId: next.sub, clientId: details.params.client_id });
  grant.addOIDCScope("openid");
  const consent = { grantId: await grant.save() };
  const login = { accountId: next.sub, amr: next.amr };
  await provider.interactionFinished(req, res, { login, consent }, { mergeWithLastSubmission: false });
}

const callback = provider.callback();
createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (req, res) => {
  const url = new URL(req.url, issuer);
  if (url.pathname === "/test") {
    const asked = url.searchParams;
    next = { sub: asked.get("sub"), amr: (asked.get("amr") ?? "").split(","), deny: asked.has("deny") };
    res.end("ok");
  } else if (url.pathname.startsWith("/interaction/")) {
    interaction(req, res).catch((error) => {
      res.statusCode = 500;
      res.end(String(error));
    });
  } else {
    callback(req, res);
  }
}).listen(Number(port), "127.0.0.1", () => console.log(`ready ${issuer}`));
